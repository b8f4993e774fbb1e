import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { openTestDatabase } from "@/tests/support/database";
import { apiRoutes } from "@/tests/support/routes";
import { signedInWire } from "@/tests/support/signed-in-wire";
import type { SignedIn } from "@/tests/support/users";

/** The browser of whoever is signed in, in tests of components. */
export type SignedInBrowser = {
  /** Somebody new in each test, unless it puts another person there. */
  person: SignedIn;
  /** What answers the components: the real handlers, unless a test puts another before them. */
  readonly server: ReturnType<typeof setupServer>;
};

/** Gives a test file a database, and each of its tests a new person whose requests the real handlers answer. */
export function signedInBrowser(create: () => Promise<SignedIn>): SignedInBrowser {
  let current: SignedIn | undefined;
  let closeDatabase = async () => {};
  const person = () => {
    if (!current) {
      throw new Error("There is a person once a test has begun.");
    }
    return current;
  };
  const server = setupServer(signedInWire(person));

  beforeAll(async () => {
    closeDatabase = await openTestDatabase();
    // Read before the first request: a component waits only so long for its answer.
    await Promise.all(apiRoutes().map(({ load }) => load()));
    server.listen({ onUnhandledRequest: "error" });
  });
  beforeEach(async () => {
    current = await create();
  });
  afterEach(() => server.resetHandlers());
  afterAll(async () => {
    server.close();
    await closeDatabase();
  });

  return {
    server,
    get person() {
      return person();
    },
    set person(next) {
      current = next;
    },
  };
}
