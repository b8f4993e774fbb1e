import { expect, it, vi } from "vitest";
import { call } from "@/tests/support/api";
import { problemIn } from "@/tests/support/bodies";
import { cookieFor, createUser, randomText } from "@/tests/support/users";

vi.hoisted(() => vi.stubEnv("RATE_LIMIT_PER_MINUTE", "600"));

const mailsPerHour = 5;
const requestsPerMinute = 30;
const linksPerMinute = 30;

it("an address gets five mails an hour, in any spelling, with or without an account", async () => {
  const { email } = await createUser();
  const unknown = `${randomText(6)}@example.test`;
  for (const address of [email, unknown]) {
    const network = { "X-Forwarded-For": randomNetwork() };
    const statuses = [];
    for (let count = 0; count <= mailsPerHour; count += 1) {
      const spelled = count % 2 === 0 ? address : address.toUpperCase();
      const answer = await call("POST", pathOf(count), {
        body: { email: spelled },
        headers: network,
      });
      statuses.push(answer.status);
      if (answer.status === 429) {
        expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(3_500);
        expect(problemIn(answer).detail).toMatch(/^Too many requests\. Try again in \d+ s\.$/);
      }
    }
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
  }
});

it("a network asks for thirty mails a minute, and opens thirty links", async () => {
  const network = { "X-Forwarded-For": randomNetwork() };
  const asked = await Promise.all(
    Array.from({ length: requestsPerMinute + 1 }, () =>
      call("POST", pathOf(0), {
        body: { email: `${randomText(6)}@example.test` },
        headers: network,
      }),
    ),
  );
  expect(asked.filter(({ status }) => status === 429)).toHaveLength(1);
  const opened = await Promise.all(
    Array.from({ length: linksPerMinute + 1 }, () =>
      call("POST", "/api/auth/verify-email", {
        body: { token: "x".repeat(43) },
        headers: network,
      }),
    ),
  );
  expect(opened.filter(({ status }) => status === 429)).toHaveLength(1);
});

it("a person asks for five changes of address an hour, whatever the addresses", async () => {
  const headers = { Cookie: cookieFor(await createUser()) };
  const statuses = [];
  for (let count = 0; count <= mailsPerHour; count += 1) {
    const newEmail = `${randomText(6)}@example.test`;
    const answer = await call("POST", "/api/auth/change-email", { body: { newEmail }, headers });
    statuses.push(answer.status);
  }
  expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
});

function pathOf(count: number): string {
  return count % 3 === 0 ? "/api/auth/request-password-reset" : "/api/auth/send-verification-email";
}

function randomNetwork(): string {
  const part = () => 1 + Math.floor(Math.random() * 250);
  return `10.${part()}.${part()}.${part()}`;
}
