import { decodeJwt, decodeProtectedHeader } from "jose";
import { expect, it, vi } from "vitest";
import { z } from "zod";
import { assertSecretOpensKeys } from "@/lib/auth/signing-keys";
import { database } from "@/lib/db/client";
import { call } from "@/tests/support/api";
import { cookiesSetBy } from "@/tests/support/cookies";
import { publishKey } from "@/tests/support/tokens";
import { randomAddress } from "@/tests/support/users";

vi.hoisted(() => {
  vi.stubEnv("BETTER_AUTH_URL", "https://todo.example");
  vi.stubEnv("BETTER_AUTH_SECRETS", `2:${"n".repeat(32)}`);
});

it("on https the cookies are bound to the host and never travel in the clear", async () => {
  const answer = await signUp();
  const cookies = answer.headers.getSetCookie();
  expect(cookies).toHaveLength(2);
  for (const cookie of cookies) {
    expect(cookie).toMatch(
      /^__Host-[\w.-]+=[^;]+; Max-Age=\d+; Path=\/; HttpOnly(?=.*; Secure)(?=.*; SameSite=Lax)/,
    );
    expect(cookie).not.toMatch(/Domain/i);
  }
  const session = await call("GET", "/api/auth/get-session", { headers: cookiesSetBy(answer) });
  expect(session.body).toMatchObject({ user: { name: "Ada" } });
});

it("after a change of the secret, a key that the previous one encrypted still signs", async () => {
  const key = await publishKey();
  await assertSecretOpensKeys();
  const headers = cookiesSetBy(await signUp());
  const token = tokenIn(await call("GET", "/api/auth/token", { headers }));
  expect(decodeProtectedHeader(token).kid).toBe(key.id);
  expect(decodeJwt(token)).toMatchObject({
    iss: "https://todo.example",
    aud: "https://todo.example/api",
  });

  await database().jwks.updateMany({ data: { expiresAt: new Date() } });
  const next = tokenIn(await call("GET", "/api/auth/token", { headers }));
  const { kid } = decodeProtectedHeader(next);
  expect(kid).not.toBe(key.id);
  const made = await database().jwks.findUniqueOrThrow({ where: { id: String(kid) } });
  expect(JSON.parse(made.privateKey)).toMatch(/^\$ba\$2\$/);
});

function signUp() {
  const body = {
    email: randomAddress(),
    password: "quiet otter reads maps",
    name: "Ada",
  };
  return call("POST", "/api/auth/sign-up/email", { body });
}

function tokenIn({ body }: { body: unknown }): string {
  return z.object({ token: z.string() }).parse(body).token;
}
