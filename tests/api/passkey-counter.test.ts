import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { database } from "@/lib/db/client";
import { type CookieJar, createCookieJar } from "@/tests/support/cookies";
import {
  addPasskeyTo,
  beginPasskeySignIn,
  type createAuthenticator,
  finishPasskeySignIn,
} from "@/tests/support/passkey";
import { createUser, type SignedIn } from "@/tests/support/users";

let user: SignedIn;
let authenticator: ReturnType<typeof createAuthenticator>;

beforeEach(async () => {
  user = await createUser();
  ({ authenticator } = await addPasskeyTo(user));
});
afterEach(() => vi.restoreAllMocks());

describe("of sign-ins by a passkey and its copy at the same moment", () => {
  it("exactly one with the same count is let in", async () => {
    const browsers = await Promise.all([7, 7, 7].map(prepareSignIn));
    const { allHeld, release } = holdSignatures(3);
    const signIns = browsers.map(({ signIn }) => signIn());
    await allHeld;
    release();
    const answers = await Promise.all(signIns);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401]);
    expect(browsers.filter(({ jar }) => hasSession(jar))).toHaveLength(1);
    await expectCountAndSessions(7n, 2);
  });

  it.each([7, 6, 1, 0])("the later one with %i after 7 is refused", async (count) => {
    const [first, later] = [await prepareSignIn(7), await prepareSignIn(count)];
    const { allHeld, release } = holdSignatures(1);
    const answer = later.signIn();
    await allHeld;
    expect((await first.signIn()).status).toBe(200);
    release();
    expect((await answer).status).toBe(401);
    expect(hasSession(later.jar)).toBe(false);
    await expectCountAndSessions(7n, 2);
  });

  it("the later one with a higher count is let in", async () => {
    const [first, later] = [await prepareSignIn(7), await prepareSignIn(8)];
    const { allHeld, release } = holdSignatures(1);
    const answer = later.signIn();
    await allHeld;
    expect((await first.signIn()).status).toBe(200);
    release();
    expect((await answer).status).toBe(200);
    await expectCountAndSessions(8n, 3);
  });
});

/** The answer to a challenge of its own, in a browser of its own, ready to be sent. */
async function prepareSignIn(counter: number) {
  const jar = createCookieJar();
  const response = authenticator.signIn(await beginPasskeySignIn(jar), { counter });
  return { jar, signIn: () => finishPasskeySignIn(jar, response) };
}

/** Holds the checks of the next signatures, whose passkey has been read by then, until a release. */
function holdSignatures(count: number) {
  const { subtle } = crypto;
  const verify = subtle.verify.bind(subtle);
  const gate = new EventTarget();
  const opened = new Promise((done) => gate.addEventListener("open", done));
  let held = 0;
  const allHeld = new Promise<void>((done) => {
    const spy = vi.spyOn(subtle, "verify");
    for (let each = 0; each < count; each += 1) {
      spy.mockImplementationOnce(async (...signature) => {
        held += 1;
        if (held === count) {
          done();
        }
        await opened;
        return verify(...signature);
      });
    }
  });
  return { allHeld, release: () => void gate.dispatchEvent(new Event("open")) };
}

function hasSession(jar: CookieJar): boolean {
  return jar.names().includes("evo-todo-3000.session_token");
}

async function expectCountAndSessions(counter: bigint, sessions: number): Promise<void> {
  const where = { userId: user.id };
  expect(await database().passkey.findFirstOrThrow({ where })).toMatchObject({ counter });
  expect(await database().session.count({ where })).toBe(sessions);
}
