import { describe, expect, it } from "vitest";
import { explainFailure } from "@/app/(auth)/explain-failure";
import { ApiError, readProblem } from "@/lib/client/api-error";

function answer(status: number, body: unknown, headers: Record<string, string> = {}) {
  return readProblem(status, new Headers(headers), body);
}

describe("a failed sign-in or sign-up", () => {
  it("says that what was typed is still there when no answer came", () => {
    const error = new ApiError({ status: 0, code: "network", detail: "No answer." });
    expect(explainFailure(error).form).toContain("What you typed is still here");
  });

  it.each([
    ["1", "a second"],
    ["20", "20 seconds"],
    ["60", "a minute"],
    ["61", "2 minutes"],
    ["900", "15 minutes"],
  ])("turns Retry-After %s into %s", (seconds, words) => {
    const error = answer(429, { code: "rate_limited" }, { "retry-after": seconds });
    expect(explainFailure(error)).toEqual({ form: `Too many tries. Try again in ${words}.` });
  });

  it("does not tell whether the address or the password was wrong", () => {
    const form = "This address and password do not belong to an account.";
    const betterAuths = { code: "INVALID_EMAIL_OR_PASSWORD", message: "Invalid email or password" };
    expect(explainFailure(answer(401, betterAuths))).toEqual({ form });
    expect(explainFailure(answer(401, { code: "unauthenticated" }))).toEqual({ form });
  });

  it("puts each entry of a problem beside its field", () => {
    const errors = [
      { pointer: "/email", detail: "Is not an e-mail address." },
      { pointer: "/password", detail: "Is too common." },
      { pointer: "/password", detail: "Is too short." },
      { pointer: "/name", detail: "Is too long." },
    ];
    expect(explainFailure(answer(400, { code: "invalid_input", errors }))).toEqual({
      email: "Is not an e-mail address.",
      password: "Is too common.",
      form: "Is too long.",
    });
  });

  it.each([
    [422, { code: "USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL", message: "User already exists." }],
    [409, { code: "conflict", detail: "The address is taken." }],
  ])("says beside the address that it is taken (%i)", (status, body) => {
    expect(explainFailure(answer(status, body))).toEqual({
      email: "An account with this address exists already. Sign in instead.",
    });
  });

  it("shows Better Auth's message about a password beside the password", () => {
    const body = { code: "PASSWORD_COMPROMISED", message: "This password is too common." };
    expect(explainFailure(answer(400, body))).toEqual({ password: "This password is too common." });
  });

  it("shows any other answer's own words", () => {
    const body = { code: "unavailable", detail: "The database cannot be reached." };
    expect(explainFailure(answer(503, body))).toEqual({ form: "The database cannot be reached." });
  });
});
