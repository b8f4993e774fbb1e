import type { AccountChange } from "@/lib/account/notices";
import { issueOneTimeToken } from "@/lib/auth/one-time-tokens";
import { database } from "@/lib/db/client";
import { type Answer, call } from "@/tests/support/api";
import { newKey, postAs } from "@/tests/support/api-keys";
import { createCookieJar } from "@/tests/support/cookies";
import { startDevice } from "@/tests/support/devices";
import {
  addPasskeyTo,
  beginPasskeySignIn,
  createAuthenticator,
  finishPasskeySignIn,
} from "@/tests/support/passkey";
import { createUserWithPassword, password } from "@/tests/support/password";
import { link, signIn, someone } from "@/tests/support/provider-visits";
import { protectedUser, takeFirstStep, typeCode } from "@/tests/support/second-step";
import { codeOf, enrolmentIn, forgetUsedCodes, turnOnTwoStep } from "@/tests/support/two-step";
import { cookieFor, createUser, randomAddress, type SignedIn } from "@/tests/support/users";
import { setUpWaysIn } from "@/tests/support/ways-in";

const newPassword = "five brown herons sleep";

/** A request that is ready to be sent, and the address that its mail goes to. */
export type Mailed = { to: string; send: () => Promise<Answer> };

/** What happens, the subject of its mail, and how a new person comes to be about to do it. */
export type MailRoute = [name: string, subject: string, prepare: () => Promise<Mailed>];

type OwnChange = Exclude<AccountChange, "provider linked">;

/** Each change of which a person is told. */
const changes: Record<OwnChange, [subject: string, prepare: () => Promise<Mailed>]> = {
  "password changed": ["Your password was changed", changeOfPassword],
  "password set": ["Your account has a password", () => post("/set-password", { newPassword })],
  "two-step sign-in turned on": ["Two-step sign-in is on", firstCodeOfApp],
  "two-step sign-in turned off": ["Two-step sign-in is off", () => twoStepPost("disable")],
  "recovery codes renewed": [
    "Your recovery codes were renewed",
    () => twoStepPost("generate-backup-codes"),
  ],
  "passkey added": ["A passkey was added", newPasskey],
  "passkey removed": ["A passkey was removed", removalOfPasskey],
  "API key made": ["An API key was made", () => post("/api-key/create", newKey)],
  "device let in": ["A device was let in", deviceToLetIn],
  "provider unlinked": ["A way to sign in was removed", endOfLink],
};

/** Every way to a mail, on a site that lets people in before they confirm their address. */
export const mailRoutes: MailRoute[] = [
  ...Object.entries(changes).map(([name, change]): MailRoute => [name, ...change]),
  ["two-step sign-in turned on by passkey", "Two-step sign-in is on", passkeyAsSecondStep],
  ["a request for a reset", "Reset your password", () => ask("request-password-reset")],
  ["a request to confirm", "Confirm your address", () => ask("send-verification-email")],
  ["a reset", "Your password was reset", redemptionOfReset],
  ["a wish for a free address", "Confirm your new address", () => wishFor(randomAddress())],
  ["a wish for a taken address", "You have an account already", wishForTaken],
  ["a change of address", "Your address was changed", changeOfAddress],
  ["a sign-up", "Confirm your address", () => signUp(randomAddress())],
  ["a sign-in by password", "New sign-in to your account", signInByPassword],
  ["a sign-in by passkey", "New sign-in to your account", signInByPasskey],
  ["a sign-in by a code of the app", "New sign-in to your account", signInByAppCode],
  ["a sign-in by a recovery code", "New sign-in to your account", signInByRecoveryCode],
];

/** Those that lead through a provider, which the test file serves. */
export const providerMailRoutes: MailRoute[] = [
  ["a link to a provider", "Another way to sign in was added", newLink],
  ["a sign-in by a provider", "New sign-in to your account", signInByProvider],
];

/** Those that are otherwise where an address has to be confirmed before a sign-in. */
export const unconfirmedMailRoutes: MailRoute[] = [
  ["a sign-up", "Confirm your address", () => signUp(randomAddress())],
  [
    "a sign-up with a taken address",
    "You have an account already",
    async () => signUp((await createUser()).email),
  ],
];

async function post(path: string, body: unknown): Promise<Mailed> {
  return about(await createUser(), path, body);
}

function about(user: SignedIn, path: string, body: unknown): Mailed {
  return { to: user.email, send: () => postAs(user, path, body) };
}

async function changeOfPassword(): Promise<Mailed> {
  const body = { currentPassword: password, newPassword };
  return about(await createUserWithPassword(), "/change-password", body);
}

async function firstCodeOfApp(): Promise<Mailed> {
  const user = await createUser();
  const begun = await postAs(user, "/two-factor/enable", { method: "totp" });
  return about(user, "/two-factor/confirm", { code: codeOf(enrolmentIn(begun).secret) });
}

async function twoStepPost(path: string): Promise<Mailed> {
  const user = await createUser();
  await turnOnTwoStep(user);
  return about(user, `/two-factor/${path}`, {});
}

async function passkeyAsSecondStep(): Promise<Mailed> {
  const user = await createUser();
  await addPasskeyTo(user);
  return about(user, "/two-factor/enable", { method: "passkey" });
}

async function newPasskey(): Promise<Mailed> {
  const user = await createUser();
  const jar = createCookieJar(cookieFor(user));
  const path = "/api/auth/passkey";
  const begun = await call("POST", `${path}/generate-register-options`, { headers: jar.headers() });
  jar.keep(begun);
  const body = { response: createAuthenticator().register(begun.body) };
  const sent = { headers: jar.headers(), body };
  return { to: user.email, send: () => call("POST", `${path}/verify-registration`, sent) };
}

async function removalOfPasskey(): Promise<Mailed> {
  const user = await createUserWithPassword();
  const { passkey } = await addPasskeyTo(user);
  return about(user, "/passkey/delete-passkey", { id: passkey.id });
}

async function deviceToLetIn(): Promise<Mailed> {
  return post("/device/approve", (await startDevice()).approval);
}

async function newLink(): Promise<Mailed> {
  const user = await createUser();
  await database().user.update({ where: { id: user.id }, data: { emailVerified: true } });
  return { to: user.email, send: () => link("github", user, someone()) };
}

async function endOfLink(): Promise<Mailed> {
  const user = await createUser();
  await setUpWaysIn(user.id);
  return about(user, "/unlink-account", { providerId: "github" });
}

async function ask(path: string): Promise<Mailed> {
  const { email } = await createUser();
  return { to: email, send: () => call("POST", `/api/auth/${path}`, { body: { email } }) };
}

async function redemptionOfReset(): Promise<Mailed> {
  const { id, email } = await createUser();
  const token = await issueOneTimeToken(id, "reset-password", 60, email);
  const body = { token, newPassword };
  return { to: email, send: () => call("POST", "/api/auth/reset-password", { body }) };
}

async function wishFor(newEmail: string): Promise<Mailed> {
  return { ...(await post("/change-email", { newEmail })), to: newEmail };
}

async function wishForTaken(): Promise<Mailed> {
  return wishFor((await createUser()).email);
}

async function changeOfAddress(): Promise<Mailed> {
  const user = await createUser();
  const token = await issueOneTimeToken(user.id, "change-email", 60, randomAddress());
  return about(user, "/confirm-email-change", { token });
}

async function signUp(email: string): Promise<Mailed> {
  const body = { email, password, name: "Ada" };
  return { to: email, send: () => call("POST", "/api/auth/sign-up/email", { body }) };
}

async function signInByPassword(): Promise<Mailed> {
  const user = await createUserWithPassword();
  return { to: user.email, send: () => takeFirstStep(createCookieJar(), user) };
}

async function signInByPasskey(): Promise<Mailed> {
  const user = await createUser();
  const { authenticator } = await addPasskeyTo(user);
  const jar = createCookieJar();
  const response = authenticator.signIn(await beginPasskeySignIn(jar));
  return { to: user.email, send: () => finishPasskeySignIn(jar, response) };
}

async function signInByAppCode(): Promise<Mailed> {
  const { user, secret } = await protectedUser();
  const jar = createCookieJar();
  await takeFirstStep(jar, user);
  await forgetUsedCodes(user);
  return { to: user.email, send: () => typeCode(jar, codeOf(secret)) };
}

async function signInByRecoveryCode(): Promise<Mailed> {
  const { user, recoveryCodes } = await protectedUser();
  const jar = createCookieJar();
  await takeFirstStep(jar, user);
  const sent = { headers: jar.headers(), body: { code: recoveryCodes[0] } };
  const path = "/api/auth/two-factor/verify-backup-code";
  return { to: user.email, send: () => call("POST", path, sent) };
}

async function signInByProvider(): Promise<Mailed> {
  const identity = someone();
  await signIn("github", identity);
  return { to: identity.email, send: () => signIn("github", identity) };
}
