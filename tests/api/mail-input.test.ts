import { expect, it } from "vitest";
import { database } from "@/lib/db/client";
import { call } from "@/tests/support/api";
import { problemIn } from "@/tests/support/bodies";
import { cookieFor, createUser } from "@/tests/support/users";

const bodies: Record<string, Record<string, string>> = {
  "/api/auth/request-password-reset": { email: "ada@example.test" },
  "/api/auth/send-verification-email": { email: "ada@example.test" },
  "/api/auth/reset-password": { token: "x".repeat(43), newPassword: "slow herons cross the ford" },
  "/api/auth/verify-email": { token: "x".repeat(43) },
  "/api/auth/decline-account": { token: "x".repeat(43) },
  "/api/auth/change-email": { newEmail: "ada@example.test" },
  "/api/auth/confirm-email-change": { token: "x".repeat(43) },
};

const wrong: [what: string, value: unknown][] = [
  ["a number", 1],
  ["null", null],
  ["a list", ["ada@example.test"]],
  ["an operator", { contains: "" }],
  ["nothing", ""],
  ["NUL", "ada\u0000@example.test"],
  ["a line break", "ada@example.test\r\nBcc: eve@example.test"],
  ["a link", "javascript:alert(1)"],
  ["sixty kilobytes", "x".repeat(60_000)],
];

const members = Object.entries(bodies).flatMap(([path, body]) =>
  Object.keys(body).map((member) => [path, member, body] as const),
);

it.each(members)(
  "%s refuses wrong values of %s, and stores nothing",
  async (path, member, body) => {
    const user = await createUser();
    const headers = { Cookie: cookieFor(user) };
    const pointers = await Promise.all(
      wrong.map(async ([what, value]) => {
        const answer = await call("POST", path, { body: { ...body, [member]: value }, headers });
        expect(answer.status, what).toBe(400);
        return [what, problemIn(answer).errors?.map(({ pointer }) => pointer)];
      }),
    );
    expect(pointers).toEqual(wrong.map(([what]) => [what, [pointerOf(member, what)]]));
    expect(await database().oneTimeToken.count({ where: { userId: user.id } })).toBe(0);
  },
);

it.each(Object.entries(bodies))("%s refuses members that it does not know", async (path, body) => {
  const { status } = await call("POST", path, {
    body: { ...body, redirectTo: "https://evil.example" },
    headers: { Cookie: cookieFor(await createUser()) },
  });
  expect(status).toBe(400);
});

/** A password may be any text that is long enough, so there the token is what is wrong. */
function pointerOf(member: string, what: string): string {
  const isFine = member === "newPassword" && ["a line break", "a link"].includes(what);
  return isFine ? "/token" : `/${member}`;
}
