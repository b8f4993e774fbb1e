import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { database } from "@/lib/db/client";
import { call } from "@/tests/support/api";
import { createKeyFor } from "@/tests/support/api-keys";
import { origin, serveProviders, signIn, someone, userOf } from "@/tests/support/provider-visits";
import { createSession, createUser } from "@/tests/support/users";

vi.hoisted(() => {
  vi.stubEnv("GITHUB_CLIENT_ID", "github-client");
  vi.stubEnv("GITHUB_CLIENT_SECRET", "github-secret");
});

serveProviders();
// The first request loads the route.
beforeAll(() => call("GET", "/api/auth/ok"));
afterEach(() => database().$executeRawUnsafe(`DROP FUNCTION IF EXISTS "hideName" CASCADE`));

const day = 86_400_000;

it("a sign-in by provider deletes what ended a day ago, and keys that expired a month ago", async () => {
  const user = await createUser();
  const ended = { old: await endedKey(user.id, 32), recent: await endedKey(user.id, 29) };
  const { sessionId } = await createSession(user.id);
  await database().session.update({
    where: { id: sessionId },
    data: { expiresAt: new Date(Date.now() - 2 * day) },
  });
  expect((await signIn("github", someone())).headers.get("location")).toBe(`${origin}/tasks`);

  await vi.waitFor(
    async () => expect(await database().apiKey.count({ where: { id: ended.old } })).toBe(0),
    { timeout: 10_000 },
  );
  expect(await database().apiKey.count({ where: { id: ended.recent } })).toBe(1);
  expect(await database().session.count({ where: { id: sessionId } })).toBe(0);
  expect(await database().session.count({ where: { id: user.sessionId } })).toBe(1);
});

it("a completed sign-in is not undone by an error in what follows it", async () => {
  const identity = someone();
  await signIn("github", identity);
  const { id } = await userOf(identity);
  await failAfterSignIn();
  const answer = await signIn("github", identity);
  await database().$executeRawUnsafe(`ALTER TABLE "user" RENAME COLUMN "hidden" TO "weekStart"`);
  expect(answer.headers.get("location")).toBe(`${origin}/tasks`);
  expect(answer.headers.getSetCookie().join()).toMatch(/session_token=[^;]/);
  expect(await database().session.count({ where: { userId: id } })).toBe(2);
});

async function endedKey(userId: string, daysAgo: number): Promise<string> {
  const { id } = await createKeyFor({ id: userId });
  const expiresAt = new Date(Date.now() - daysAgo * day);
  await database().apiKey.updateMany({ where: { id }, data: { expiresAt } });
  return id;
}

/** Once the session is stored, nothing can be read of people any more. */
async function failAfterSignIn(): Promise<void> {
  await database().$executeRawUnsafe(`CREATE FUNCTION "hideName"() RETURNS trigger
    LANGUAGE plpgsql AS $$
    BEGIN
      ALTER TABLE "user" RENAME COLUMN "weekStart" TO "hidden";
      RETURN NEW;
    END $$`);
  await database().$executeRawUnsafe(`CREATE TRIGGER "atThatMoment" AFTER INSERT ON "session"
    FOR EACH ROW EXECUTE FUNCTION "hideName"()`);
}
