import type { SetupServer } from "msw/node";
import { beforeEach } from "vitest";
import { serveRoutes } from "@/tests/support/serve-routes";
import { signedInWire } from "@/tests/support/signed-in-wire";
import type { SignedIn } from "@/tests/support/users";

/** The browser of the person who is signed in, in tests of components. */
export type SignedInBrowser = {
  /** Somebody new in each test, unless it puts another person there. */
  person: SignedIn;
  /** What answers the components: the real handlers, unless a test puts another before them. */
  readonly server: SetupServer;
};

/** Gives a test file a database, and each of its tests a new person whose requests the real handlers answer. */
export function signedInBrowser(create: () => Promise<SignedIn>): SignedInBrowser {
  let current: SignedIn | undefined;
  const person = () => {
    if (!current) {
      throw new Error("There is a person once a test has begun.");
    }
    return current;
  };
  const server = serveRoutes(signedInWire(person));

  beforeEach(async () => {
    current = await create();
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
