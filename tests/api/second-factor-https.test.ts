import { expect, it, vi } from "vitest";
import { database } from "@/lib/db/client";
import { call } from "@/tests/support/api";
import { createUserWithPassword, password } from "@/tests/support/password";
import { randomNetwork } from "@/tests/support/random-network";

vi.hoisted(() => {
  vi.stubEnv("BETTER_AUTH_URL", "https://todo.example");
  vi.stubEnv("RATE_LIMIT_PER_MINUTE", "600");
});

const hostBound = "Path=/; HttpOnly; SameSite=Lax; Secure";

it("on https the cookies of the second step and of passkeys are bound to the host", async () => {
  const user = await createUserWithPassword();
  await database().twoStep.create({ data: { userId: user.id, enabledAt: new Date() } });
  const body = { email: user.email, password };
  const asked = await call("POST", "/api/auth/sign-in/email", { body });
  expect(asked.headers.getSetCookie()).toEqual([
    expect.stringMatching(
      new RegExp(`^__Host-evo-todo\\.second_step=[^;]+; Max-Age=600; ${hostBound}$`),
    ),
  ]);
  const begun = await call("POST", "/api/auth/passkey/generate-authenticate-options");
  expect(begun.body).toMatchObject({ rpId: "todo.example" });
  expect(begun.headers.getSetCookie()).toEqual([
    expect.stringMatching(
      new RegExp(`^__Host-evo-todo\\.passkey=[^;]+; Max-Age=300; ${hostBound}$`),
    ),
  ]);
});

it("a network begins sixty sign-ins by passkey a minute, and finishes thirty of any kind", async () => {
  const limits: [string, number][] = [
    ["passkey/generate-authenticate-options", 60],
    ["passkey/verify-authentication", 30],
    ["two-factor/verify-totp", 30],
  ];
  for (const [path, count] of limits) {
    const headers = randomNetwork();
    const answers = await Promise.all(
      Array.from({ length: count + 2 }, () =>
        call("POST", `/api/auth/${path}`, { headers, body: {} }),
      ),
    );
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(2);
  }
});
