import { scryptSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { countPasswordTry } from "@/lib/auth/rate-limits";
import { trustedDeviceCookie } from "@/lib/auth/trusted-devices";
import { database } from "@/lib/db/client";
import { accountTries } from "@/lib/http/auth/password-tries";
import { type Answer, call } from "@/tests/support/api";
import { problemIn } from "@/tests/support/bodies";
import { cookiePairsIn } from "@/tests/support/cookies";
import {
  cookieFor,
  createUser,
  randomAddress,
  randomText,
  type SignedIn,
} from "@/tests/support/users";

const password = "quiet otter reads maps";
const quarterHour = 15 * 60_000;

// A hash of low cost, so that many tries are quick.
const cheapHash = `$scrypt$ln=4,r=8,p=1$AAAA$${scryptSync(password, Buffer.alloc(3), 32, { N: 16, r: 8, p: 1 }).toString("base64").replace("=", "")}`;

describe("wrong passwords", () => {
  it("are checked ten times in a quarter of an hour, however parallel and spelled, with all other limits off", async () => {
    const user = await createAccount();
    const spellings = [user.email, user.email.toUpperCase()];
    const tries = await times(15, (index) => signIn(spellings[index % 2] ?? "", "wrong"));

    expect(count(tries, 401)).toBe(10);
    expect(count(tries, 429)).toBe(5);
    const right = await signIn(user.email);
    expect(right.status).toBe(429);
    expect(Number(right.headers.get("retry-after"))).toBeGreaterThan(840);
    await pass(quarterHour - 60_000);
    expect((await signIn(user.email)).status).toBe(429);
    await pass(60_000);
    expect((await signIn(user.email)).status).toBe(200);
  });

  it("are refused alike for an address without an account", async () => {
    const email = randomAddress();
    const tries = await times(11, () => signIn(email, "wrong"));
    expect(count(tries, 401)).toBe(10);
    expect(count(tries, 429)).toBe(1);
  });

  it("are not counted when they are right", async () => {
    const user = await createAccount();
    expect((await signIn(user.email)).status).toBe(200);
    expect((await signIn(user.email)).status).toBe(200);
    await useHash(user, cheapHash);
    const tries = await times(10, () => signIn(user.email, "wrong"));
    expect(count(tries, 401)).toBe(10);
  });

  it("are not counted for many right ones at once", async () => {
    const user = await createAccount();
    const tries = await times(12, () => signIn(user.email));
    expect(count(tries, 200)).toBe(12);
  });

  it("of another person do not lock the owner out of a trusted device", async () => {
    const user = await createAccount();
    const other = await createAccount();
    const mark = markIn(await signIn(user.email));
    await useUpTries(user.email, other.email);

    expect((await signIn(user.email)).status).toBe(429);
    expect((await signIn(user.email, password, mark)).status).toBe(200);
    expect((await signIn(other.email, password, mark)).status).toBe(429);
  });

  it("are checked ten times on a trusted device, too", async () => {
    const user = await createAccount();
    const mark = await markFor(user);
    const tries = await times(11, () => signIn(user.email, "wrong", mark));
    expect(count(tries, 401)).toBe(10);
    expect(count(tries, 429)).toBe(1);
  });

  it("are not exempted by cookies from before a change of password", async () => {
    const user = await createAccount();
    const marks = [await markFor(user), await markFor(user)];
    const headers = { Cookie: [cookieFor(user), ...(marks[0] ?? [])].join("; ") };
    const body = { currentPassword: password, newPassword: "five brown herons sleep" };
    const changed = await call("POST", "/api/auth/change-password", { headers, body });
    expect(changed.status).toBe(200);
    await useUpTries(user.email);

    for (const mark of marks) {
      expect((await signIn(user.email, body.newPassword, mark)).status).toBe(429);
    }
    expect((await signIn(user.email, body.newPassword, markIn(changed))).status).toBe(200);
  });

  it("count as well when a signed-in person has to give the password", async () => {
    const user = await createAccount();
    const headers = { Cookie: cookieFor(user) };
    const tries = await times(11, () =>
      call("POST", "/api/auth/delete-user", { headers, body: { password: "wrong" } }),
    );
    expect(count(tries, 400)).toBe(10);
    expect(count(tries, 429)).toBe(1);
    expect((await signIn(user.email)).status).toBe(429);
  });
});

describe("a hash of low cost", () => {
  it("is replaced at the next sign-in", async () => {
    const user = await createAccount();
    expect((await signIn(user.email)).status).toBe(200);
    const account = await database().account.findFirstOrThrow({ where: { userId: user.id } });
    expect(account.password).toMatch(/^\$scrypt\$ln=17,r=8,p=1\$/);
    expect((await signIn(user.email)).status).toBe(200);
    expect(problemIn(await signIn(user.email, "wrong")).code).toBe("unauthenticated");
  });
});

async function createAccount(): Promise<SignedIn> {
  const user = await createUser();
  await database().account.create({
    data: {
      id: randomText(),
      accountId: user.id,
      providerId: "credential",
      userId: user.id,
      password: cheapHash,
    },
  });
  return user;
}

/** The mark that an answer leaves in a browser. */
function markIn(answer: Answer): string[] {
  const marks = cookiePairsIn(answer).filter((cookie) => cookie.includes("known_browser"));
  expect(marks).toHaveLength(1);
  return marks;
}

/** The mark of a browser in which somebody signed in, without the cost of it. */
async function markFor({ email }: SignedIn): Promise<string[]> {
  const [mark = ""] = (await trustedDeviceCookie(email)).split(";");
  return [mark];
}

/** Has as many wrong passwords tried as may be, without the cost of their hashes. */
async function useUpTries(...emails: string[]): Promise<void> {
  for (const email of emails) {
    await Promise.all(Array.from({ length: 10 }, () => countPasswordTry(accountTries(email))));
  }
}

async function useHash(user: SignedIn, hash: string): Promise<void> {
  await database().account.updateMany({ where: { userId: user.id }, data: { password: hash } });
}

function signIn(email: string, tried = password, cookies: string[] = []) {
  const headers: Record<string, string> = cookies.length > 0 ? { Cookie: cookies.join("; ") } : {};
  return call("POST", "/api/auth/sign-in/email", { body: { email, password: tried }, headers });
}

async function pass(milliseconds: number): Promise<void> {
  await database().rateLimit.updateMany({ data: { lastRequest: { decrement: milliseconds } } });
}

function times(count: number, work: (index: number) => Promise<Answer>): Promise<Answer[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => work(index)));
}

function count(answers: Answer[], wanted: number): number {
  return answers.filter(({ status }) => status === wanted).length;
}
