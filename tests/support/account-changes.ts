import { declineAccount, deleteAccount } from "@/lib/account/account";
import { createApiKey } from "@/lib/account/api-keys";
import {
  decideDeviceRequest,
  type NewDeviceRequest,
  redeemDeviceCode,
  startDeviceRequest,
} from "@/lib/account/device-requests";
import { confirmEmailChange, verifyEmail } from "@/lib/account/email-address";
import { deletePasskey } from "@/lib/account/passkeys";
import { changePassword, resetPassword, setPassword } from "@/lib/account/password";
import { passSecondStep } from "@/lib/account/second-step";
import { endAllSessions, endOtherSessions, endSession } from "@/lib/account/sessions";
import { unlinkProvider } from "@/lib/account/sign-in-methods";
import {
  beginAuthenticatorApp,
  confirmAuthenticatorApp,
  renewRecoveryCodes,
  turnOffTwoStep,
  turnOnPasskeyStep,
} from "@/lib/account/two-step";
import { hashToken } from "@/lib/auth/cryptography";
import { issueOneTimeToken } from "@/lib/auth/one-time-tokens";
import { keepPasskeyChallenge } from "@/lib/auth/passkey-challenges";
import { database } from "@/lib/db/client";
import { newKey } from "@/tests/support/api-keys";
import { codeOf } from "@/tests/support/two-step";
import type { SignedIn } from "@/tests/support/users";

const newPassword = "five brown herons sleep";
const device: NewDeviceRequest = { clientId: "tool", scopes: ["tasks:read"], ipAddress: null };

type Changes = Record<string, (person: SignedIn) => Promise<() => Promise<unknown>>>;

/** Each change of how a person gets in that one of their sessions asks for, ready to begin. */
export const askedFor: Changes = {
  "a change of password": async ({ id, sessionId }) => {
    await database().account.updateMany({
      where: { userId: id, providerId: "credential" },
      data: { password: "hash" },
    });
    return () => changePassword(id, sessionId, { newPassword, currentHash: "hash" });
  },
  "a first password":
    async ({ id, sessionId }) =>
    () =>
      setPassword(id, sessionId, newPassword),
  "a change of address": async ({ id, sessionId, email }) => {
    const token = await issueOneTimeToken(id, "change-email", 60, `new-${email}`);
    return () => confirmEmailChange(id, sessionId, token);
  },
  "the beginning of an app": async (person) => () =>
    beginAuthenticatorApp(person, person.sessionId),
  "the first code of an app": async (person) => {
    const { secret } = await beginAuthenticatorApp(person, person.sessionId);
    return () => confirmAuthenticatorApp(person.id, person.sessionId, codeOf(secret));
  },
  "new recovery codes":
    async ({ id, sessionId }) =>
    () =>
      renewRecoveryCodes(id, sessionId),
  "turning two-step sign-in off":
    async ({ id, sessionId }) =>
    () =>
      turnOffTwoStep(id, sessionId),
  "turning it on by passkey": async ({ id, sessionId }) => {
    await database().twoStep.deleteMany({ where: { userId: id } });
    return () => turnOnPasskeyStep(id, sessionId);
  },
  "the end of a link to a provider":
    async ({ id, sessionId }) =>
    () =>
      unlinkProvider(id, sessionId, "github"),
  "the removal of a passkey": async ({ id, sessionId }) => {
    await database().twoStep.deleteMany({ where: { userId: id } });
    const passkey = await database().passkey.findFirstOrThrow({ where: { userId: id } });
    return () => deletePasskey(id, sessionId, passkey.id);
  },
  "a new API key":
    async ({ id, sessionId }) =>
    () =>
      createApiKey(id, sessionId, newKey),
  "letting a device in": async ({ id, sessionId }) => {
    const { userCode } = await startDeviceRequest(device);
    return () => decideDeviceRequest(id, sessionId, userCode, "approved");
  },
  "a confirmation": async ({ id, email, sessionId }) => {
    const token = await issueOneTimeToken(id, "verify-email", 60, email);
    return () => verifyEmail(token, { sessionId });
  },
  "the end of the other sessions":
    async ({ id, sessionId }) =>
    () =>
      endOtherSessions(id, sessionId),
  "the end of the account":
    async ({ id, sessionId }) =>
    () =>
      deleteAccount(id, sessionId),
};

/** Each change of the ways a person signs in, no matter who asks for it. */
export const changes: Changes = {
  ...askedFor,
  "a reset": async ({ id, email }) => {
    const token = await issueOneTimeToken(id, "reset-password", 60, email);
    return () => resetPassword(token, newPassword);
  },
  "the removal of an account nobody confirmed": async ({ id, email }) => {
    const token = await issueOneTimeToken(id, "verify-email", 60, email);
    return () => declineAccount(token);
  },
  "the second step": async ({ id }) => {
    const challenge = await issueOneTimeToken(id, "second-step", 60);
    const code = { kind: "recovery-code", code: "0000-0000-0000-0000" } as const;
    return () => passSecondStep(id, challenge, code);
  },
  "the end of a session":
    async ({ id, sessionId }) =>
    () =>
      endSession(id, sessionId),
  "the end of all sessions":
    async ({ id }) =>
    () =>
      endAllSessions(id),
  "a passkey that is begun":
    async ({ id }) =>
    () =>
      keepPasskeyChallenge(id, "challenge"),
  "a device that comes for its key": async ({ id }) => {
    const { deviceCode } = await startDeviceRequest(device);
    await database().deviceRequest.update({
      where: { hash: hashToken(deviceCode) },
      data: { userId: id, status: "approved" },
    });
    return () => redeemDeviceCode(deviceCode, "tool");
  },
};
