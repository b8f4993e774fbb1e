import "server-only";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { declineAccount } from "@/lib/account/account";
import { confirmEmailChange, type MakerProof, verifyEmail } from "@/lib/account/email-address";
import {
  findVerification,
  getPasswordReset,
  invalidLink,
  invalidLinkDetail,
  requestEmailChange,
  requestPasswordReset,
  requestVerification,
} from "@/lib/account/mail-links";
import { resetPassword } from "@/lib/account/password";
import { assertNoContextWords } from "@/lib/auth/password-rules";
import { limitRequests } from "@/lib/auth/rate-limits";
import { networkOf } from "@/lib/auth/request-client";
import { findSession } from "@/lib/auth/server";
import { trustedDeviceCookie } from "@/lib/auth/trusted-devices";
import { invalidMembers } from "@/lib/errors";
import { type AuthEvent, logAuthEvent } from "@/lib/http/auth/auth-events";
import { anyPassword, email, newPassword } from "@/lib/http/auth/auth-inputs";
import { type Endpoints, post } from "@/lib/http/auth/endpoint";
import { authResponse } from "@/lib/http/auth/forward-auth";
import { requireAccountPassword } from "@/lib/http/auth/password-tries";
import { type SignedInUser, withChange, withProtectedChange } from "@/lib/http/auth/with-user";
import { readJson } from "@/lib/http/read-json";
import { requestContext } from "@/lib/http/request-context";

const lowerCaseEmail = email.transform((value) => value.toLowerCase());
const token = z.string("must be text").regex(/^[\w-]{43}$/, invalidLinkDetail);

/** The time of an answer whose time must not reveal what was found. */
const answerMilliseconds = 250;

/** The bodies of the routes that send links, and of those that use them. */
export const addressInput = z.strictObject({ email: lowerCaseEmail });

export const changeEmailInput = z.strictObject({ newEmail: lowerCaseEmail });

export const linkInput = z.strictObject({ token });

export const verifyEmailInput = linkInput.extend({ password: anyPassword.optional() });

export const resetPasswordInput = z.strictObject({ token, newPassword });

// A link in a mail leads to a page whose button sends the token here. A GET does not use it up,
// because mail scanners follow every link.
export const mailLinkEndpoints: Endpoints = {
  "/request-password-reset": post((request) =>
    sendLink(request, requestPasswordReset, "password reset requested"),
  ),
  "/send-verification-email": post((request) =>
    sendLink(request, requestVerification, "address verification requested"),
  ),
  "/reset-password": post(takeNewPassword),
  "/verify-email": post(verify),
  "/decline-account": post(decline),
  "/change-email": post(withProtectedChange(changeEmail)),
  "/confirm-email-change": post(withChange(confirmChange)),
};

/**
 * Sends a link to an address. Status, body, headers and time do not reveal whether it has an account:
 * that is looked up later, and the limits count unknown addresses, too. Each kind of link is counted
 * separately, so that nobody can use up an owner's password resets by requesting other links.
 */
async function sendLink(
  request: Request,
  send: (email: string) => Promise<void>,
  event: AuthEvent,
): Promise<Response> {
  return atFixedMoment(async () => {
    await limitRequests("mailRequest", networkOf(request.headers));
    const { email } = addressInput.parse(await readJson(request));
    await limitRequests("mail", `${event} ${email}`);
    await send(email);
    logAuthEvent(event);
    return done();
  });
}

/**
 * Sets a new password by a link, and makes the browser a trusted device, which lifts a lockout
 * there.
 */
async function takeNewPassword(request: Request): Promise<Response> {
  await limitRequests("link", networkOf(request.headers));
  const { token, newPassword } = await resetPasswordInput.parseAsync(await readJson(request));
  assertNoContextWords("/newPassword", newPassword, await getPasswordReset(token));
  const { id, email } = await resetPassword(token, newPassword);
  logAuthEvent("password reset", id);
  return done([await trustedDeviceCookie(email)]);
}

/** Confirms an address by a link, if the person who opened the link made the account. */
async function verify(request: Request): Promise<Response> {
  await limitRequests("link", networkOf(request.headers));
  const { token, password } = verifyEmailInput.parse(await readJson(request));
  const user = await findVerification(token);
  if (!user) {
    throw invalidLink();
  }
  requestContext().userId = user.id;
  await verifyEmail(token, await proveMaker(request, user, password));
  logAuthEvent("address verified");
  return done();
}

/** A session of the account proves who made it, or else its password does. */
async function proveMaker(
  request: Request,
  user: { id: string; email: string },
  password: string | undefined,
): Promise<MakerProof> {
  const session = await findSession(request.headers);
  if (session?.user.id === user.id) {
    return { sessionId: session.id };
  }
  if (password === undefined) {
    const detail = "is needed, since nobody is signed in to this account here";
    throw invalidMembers([{ pointer: "/password", detail }]);
  }
  return requireAccountPassword(request, user, "/password", password);
}

/** Deletes an account that was made with the address of another person, by the link sent to them. */
async function decline(request: Request): Promise<Response> {
  await limitRequests("link", networkOf(request.headers));
  const { token } = linkInput.parse(await readJson(request));
  const { id } = await declineAccount(token);
  logAuthEvent("account declined", id);
  return done();
}

/** Sends a link to the address that a person wants to use, or a notice if it has an account. */
async function changeEmail(request: Request, user: SignedInUser): Promise<Response> {
  return atFixedMoment(async () => {
    await limitRequests("mail", `user ${user.id}`);
    const { newEmail } = changeEmailInput.parse(await readJson(request));
    if (newEmail === user.email) {
      throw invalidMembers([{ pointer: "/newEmail", detail: "is your address already" }]);
    }
    await limitRequests("mail", `address change requested ${newEmail}`);
    requestEmailChange(user.id, newEmail);
    logAuthEvent("address change requested");
    return done();
  });
}

/** Changes a person's address by the link that was sent to it, in a browser that is signed in. */
async function confirmChange(request: Request, user: SignedInUser): Promise<Response> {
  const { token } = linkInput.parse(await readJson(request));
  const email = await confirmEmailChange(user.id, user.sessionId, token);
  logAuthEvent("address changed");
  return done([await trustedDeviceCookie(email)]);
}

function done(cookies: string[] = []): Response {
  return authResponse({ body: { status: true }, cookies });
}

/**
 * Does something and returns its result, or throws its error, after a fixed time, or after a
 * multiple of that time if the work takes longer.
 */
async function atFixedMoment<Result>(work: () => Promise<Result>): Promise<Result> {
  const startedAt = performance.now();
  try {
    return await work();
  } finally {
    const elapsed = performance.now() - startedAt;
    await pause(answerMilliseconds - (elapsed % answerMilliseconds));
  }
}
