import { describe, expect, it } from "vitest";
import { explainFailure, isDeadLink } from "@/app/_account/explain-failure";
import { ApiError, readProblem } from "@/lib/client/api-error";
import { PasskeyError } from "@/lib/client/passkey-client";

function answer(status: number, body: unknown, headers: Record<string, string> = {}) {
  return readProblem(status, new Headers(headers), body);
}

const fields = ["email", "password"] as const;

describe("a form that failed", () => {
  it("says that what was typed is still there when no answer came", () => {
    const error = new ApiError({ status: 0, code: "network", detail: "No answer." });
    expect(explainFailure(error, fields).form).toContain("What you typed is still here");
  });

  it.each([
    ["1", "a second"],
    ["20", "20 seconds"],
    ["60", "a minute"],
    ["61", "2 minutes"],
    ["900", "15 minutes"],
  ])("turns Retry-After %s into %s", (seconds, words) => {
    const error = answer(429, { code: "rate_limited" }, { "retry-after": seconds });
    expect(explainFailure(error, fields)).toEqual({
      form: `Too many tries. Try again in ${words}.`,
    });
  });

  it("puts each entry of a problem beside its field, as a whole sentence", () => {
    const errors = [
      { pointer: "/email", detail: "must be an e-mail address" },
      { pointer: "/password", detail: "is one of the most common passwords" },
      { pointer: "/password", detail: "must have at least 12 characters" },
      { pointer: "/name", detail: "Is too long." },
    ];
    expect(explainFailure(answer(400, { code: "invalid_input", errors }), fields)).toEqual({
      email: "The address must be an e-mail address.",
      password: "The password is one of the most common passwords.",
      form: "Is too long.",
    });
  });

  it("says beside the address that it is taken", () => {
    const error = answer(409, { code: "conflict", detail: "The address is taken." });
    expect(explainFailure(error, fields)).toEqual({
      email: "An account with this address exists already. Sign in instead.",
    });
    expect(explainFailure(error, [])).toEqual({ form: "The address is taken." });
  });

  it("says beside the code of a device that nothing waits under it", () => {
    const error = answer(404, { code: "not_found", detail: "No device waits under this code." });
    expect(explainFailure(error, ["userCode"])).toEqual({
      userCode: "No device waits under this code.",
    });
  });

  it.each([
    [401, "unauthenticated", "This address and password do not belong to an account."],
    [403, "email_not_verified", "Open the link that we sent to this address."],
    [503, "unavailable", "The database cannot be reached."],
  ])("shows the words of any other answer (%i)", (status, code, detail) => {
    expect(explainFailure(answer(status, { code, detail }), fields)).toEqual({ form: detail });
  });

  it("says why the browser gave no passkey", () => {
    expect(explainFailure(new PasskeyError("unsupported"), [])).toEqual({
      form: "This browser cannot use passkeys here.",
    });
  });
});

it("a link that does not work is told from a password that does not", () => {
  const errors = (pointer: string) => ({ errors: [{ pointer, detail: "is not valid" }] });
  expect(isDeadLink(answer(400, errors("/token")))).toBe(true);
  expect(isDeadLink(answer(400, errors("/newPassword")))).toBe(false);
  expect(isDeadLink(new Error("anything"))).toBe(false);
});
