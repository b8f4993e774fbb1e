import { describe, expect, it, vi } from "vitest";
import { call } from "@/tests/support/api";
import { problemIn } from "@/tests/support/bodies";
import { randomNetwork } from "@/tests/support/random-network";
import { cookieFor, createUser, randomAddress } from "@/tests/support/users";

vi.hoisted(() => vi.stubEnv("RATE_LIMIT_PER_MINUTE", "600"));

const { mail } = await vi.hoisted(() => import("@/tests/support/mail-settings"));

const resetPath = "/api/auth/request-password-reset";
const verificationPath = "/api/auth/send-verification-email";
const mailsPerHour = 5;
const requestsPerMinute = 30;
const linksPerMinute = 30;

// Each of these answers waits a quarter of a second, and no test counts what another one asks for.
describe.concurrent.each([resetPath, verificationPath])("POST %s", (path) => {
  it.each(["with", "without"])(
    "sends an address five mails an hour, in any spelling, %s an account",
    async (which) => {
      const address = which === "with" ? (await createUser()).email : randomAddress();
      const network = randomNetwork();
      const statuses = [];
      for (let count = 0; count <= mailsPerHour; count += 1) {
        const spelled = count % 2 === 0 ? address : address.toUpperCase();
        const answer = await call("POST", path, { body: { email: spelled }, headers: network });
        statuses.push(answer.status);
        if (answer.status === 429) {
          expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(3_500);
          expect(problemIn(answer).detail).toMatch(/^Too many requests\. Try again in \d+ s\.$/);
        }
      }
      expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
    },
  );
});

it.concurrent("requests for other kinds of mail do not use up the limit of links for a reset", async () => {
  const { email } = await createUser();
  const stranger = { Cookie: cookieFor(await createUser()) };
  for (let count = 0; count < mailsPerHour; count += 1) {
    await call("POST", verificationPath, { body: { email } });
    await call("POST", "/api/auth/change-email", { body: { newEmail: email }, headers: stranger });
  }
  expect((await call("POST", resetPath, { body: { email } })).status).toBe(200);
});

it.concurrent("what is left of a limit does not reveal whether a requested address has an account", async () => {
  const taken = (await createUser()).email;
  const free = randomAddress();
  const asked = [taken, free].map(async (newEmail) => {
    const headers = { Cookie: cookieFor(await createUser()) };
    await call("POST", "/api/auth/change-email", { body: { newEmail }, headers });
    await vi.waitUntil(() => mail.all(newEmail).length === 1, { timeout: 30_000 });
    return asksUntilRefused(newEmail);
  });
  const [ofTaken, ofFree] = await Promise.all(asked);
  expect(ofTaken).toEqual(ofFree);
});

it.concurrent("a network asks for thirty mails a minute, and opens thirty links", async () => {
  const network = randomNetwork();
  const asked = await Promise.all(
    Array.from({ length: requestsPerMinute + 1 }, () =>
      call("POST", resetPath, {
        body: { email: randomAddress() },
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

it.concurrent("a person asks for five changes of address an hour, whatever the addresses", async () => {
  const headers = { Cookie: cookieFor(await createUser()) };
  const statuses = [];
  for (let count = 0; count <= mailsPerHour; count += 1) {
    const newEmail = randomAddress();
    const answer = await call("POST", "/api/auth/change-email", { body: { newEmail }, headers });
    statuses.push(answer.status);
  }
  expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
});

/** How often each kind of mail can still be asked for. */
async function asksUntilRefused(address: string): Promise<number[]> {
  const headers = { Cookie: cookieFor(await createUser()) };
  const network = randomNetwork();
  const asks = [
    () => call("POST", resetPath, { body: { email: address }, headers: network }),
    () => call("POST", verificationPath, { body: { email: address }, headers: network }),
    () => call("POST", "/api/auth/change-email", { body: { newEmail: address }, headers }),
  ];
  return Promise.all(
    asks.map(async (ask) => {
      let count = 0;
      while ((await ask()).status === 200) {
        count += 1;
      }
      return count;
    }),
  );
}
