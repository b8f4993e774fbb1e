import { recentSignInMinutes } from "@/lib/auth/recent-sign-in";
import type { ErrorCode } from "@/lib/errors";
import { trashDays } from "@/lib/operations/tasks/limits";
import { bodyBytesMax, nestingMax } from "@/lib/request-bounds";

type Advice = { meaning: string; advice: string };

/** What each error means and what to do about it. */
export const adviceFor: Record<ErrorCode, Advice> = {
  malformed_json: {
    meaning: `The body is not JSON, not UTF-8, nested more than ${nestingMax} levels deep, or has a member name twice in one object.`,
    advice: "Build the body with a JSON library instead of joining text, and send it as UTF-8.",
  },
  invalid_input: {
    meaning:
      "Members of the body, query parameters or headers are unknown, of the wrong type or out of bounds.",
    advice:
      "Read `errors`: it lists all of them at once, each with a `pointer` to the place and a `detail` that says what is wrong.",
  },
  invalid_cursor: {
    meaning:
      "The cursor was altered, or it comes from another user's list or from one with other filters or another order.",
    advice:
      "Send the `nextCursor` of the page before as it is, with the same filters and sort. Otherwise begin again without a cursor.",
  },
  invalid_request: {
    meaning:
      "The `Authorization` header is not one well-formed credential, the request was sent to another host than the site's, or a page of another site sent it. Or it did not arrive as it should: it took too long (408), its headers are too large (431), its body broke off, or its form is not UTF-8 or has a parameter twice.",
    advice:
      "`detail` says which. Send exactly one token, and a whole request, to the address of the site.",
  },
  unauthenticated: {
    meaning:
      "There is no bearer token. The task API looks at the `Authorization` header and nowhere else. At `/api/token`: there is no `x-api-key`. Under `/api/auth`: you are not signed in, or address and password do not belong together.",
    advice:
      "Exchange an API key at `/api/token`, or fetch a token from `/api/auth/token`, and send `Authorization: Bearer <token>`. See [tokens and scopes](/docs/tokens).",
  },
  invalid_token: {
    meaning:
      "The token is not one of ours, was altered, or its session, API key, signing key or user is gone. Signing out and revoking a key end their tokens within a second; so does changing the password with those of all other sessions. At `/api/token`: the API key is unknown, has ended or was revoked.",
    advice:
      "Fetch a new token once. If that fails too, sign in again, or make a new key in [Settings](/settings/api-keys).",
  },
  token_expired: {
    meaning: "The token was good, and its time is over.",
    advice:
      "Fetch a new one and repeat the request. [A small client](/docs/tokens#life) that does so is in the guides.",
  },
  insufficient_scope: {
    meaning: "The token is good but may not do this.",
    advice:
      "`WWW-Authenticate` names the scope that is missing. A key keeps the scopes it was made with: make another that has it.",
  },
  recent_sign_in_required: {
    meaning: `The request changes what protects the account, and its person's last proof of identity is more than ${recentSignInMinutes} minutes old.`,
    advice:
      "Send the password to `/api/auth/verify-password`, with two-step sign-in on together with a `code` of the app or a `recoveryCode`, or sign in again, and repeat the request. Programs cannot: a person has to do it.",
  },
  email_not_verified: {
    meaning: "This site lets people in only once they have confirmed their address.",
    advice: "Follow the link in the mail. `/api/auth/send-verification-email` sends another.",
  },
  sign_ups_closed: {
    meaning: "The operator of this site has closed it to new accounts.",
    advice: "Sign in with an account that exists, or ask the operator for one.",
  },
  not_found: {
    meaning:
      "There is nothing at this address for you: it never was, it is in the trash, or it is somebody else's. The answer is the same for all three.",
    advice: `Check the id. A task deleted less than ${trashDays} days ago can be restored.`,
  },
  method_not_allowed: {
    meaning: "The address exists but does not offer this method.",
    advice: "`Allow` lists the methods that it offers.",
  },
  conflict: {
    meaning:
      "What you ask for does not go with what is stored: the id belongs to another task or to one in the trash, the address has an account already, it would take the last way into an account away, the second step of the account is a passkey, or there are as many tasks, keys or passkeys as there may be.",
    advice:
      "`detail` says which. Choose another id, restore the task, add another way in, use the passkey, or delete some.",
  },
  idempotency_in_progress: {
    meaning: "The first request with this `Idempotency-Key` has not been answered yet.",
    advice: "Wait for `Retry-After` and repeat the request: you will get the first one's answer.",
  },
  device_forked: {
    meaning:
      "A number of these changes, or one of their ids, belongs to another change of the same device. That happens when a device was set back to an earlier state.",
    advice:
      "Take a new device id, and send again, numbered from 1, what is not among the `results` that come with the problem.",
  },
  device_gap: {
    meaning:
      "The first of these changes does not follow the `last` one that the server has applied.",
    advice:
      "Send the changes that are missing. If you no longer have them, take a new device id and send again what is not among the `results`.",
  },
  resync_required: {
    meaning:
      "The feed cannot be continued from this cursor: a row that it would have told of is gone for good, or the database was restored from a backup, or the `schema` that you sent is not known.",
    advice:
      "Read the feed again without a cursor, and put what you read in place of what you have.",
  },
  precondition_failed: {
    meaning:
      "The task has changed since you read it, so `If-Match` no longer holds. Nothing was written.",
    advice:
      "`current` is the task as it is now. Decide whether your change still applies and send it with the new ETag.",
  },
  payload_too_large: {
    meaning: `The body has more than ${bodyBytesMax / 1_024} KiB.`,
    advice: "Send less. All bounds are among the [limits](/docs/limits).",
  },
  unsupported_media_type: {
    meaning: "The body says it is not JSON, in another charset than UTF-8, or compressed.",
    advice:
      "Send `Content-Type: application/json`. PATCH takes `application/merge-patch+json` too. `Accept-Post`, `Accept-Patch` or `Accept` on the answer names what would do.",
  },
  idempotency_key_reused: {
    meaning: "This `Idempotency-Key` came with another body before.",
    advice: "Make a new key for each new thing you create, and keep it only for repeats.",
  },
  failed_dependency: {
    meaning:
      "Another change of the same atomic batch could not be stored, so this one was not either.",
    advice:
      "Read the other results to see which change it was, mend that one and send the batch again.",
  },
  rate_limited: {
    meaning: "There were more requests than the limit allows.",
    advice:
      "Wait for the seconds of `Retry-After`. `RateLimit` tells on every answer of the task API how many requests remain.",
  },
  internal: {
    meaning: "We made a mistake. What happened is in our log, under your request's id.",
    advice: "Tell the operator of the site, with the `requestId`.",
  },
  unavailable: {
    meaning:
      "The database is away for a moment, too many people are signing in at once, or the process is ending.",
    advice:
      "Wait for the seconds of `Retry-After` and repeat. A create with an `id` or an `Idempotency-Key` may be repeated without fear.",
  },
};
