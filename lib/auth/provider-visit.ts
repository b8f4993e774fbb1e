import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import { getOAuthState } from "better-auth/api";
import { database } from "@/lib/db/client";
import { processWide } from "@/lib/process-wide";

/** Somebody who comes back from a provider, and what became of it. */
export type ProviderVisit = {
  /** The session of the person who is signed in here already. */
  visitor: { userId: string; sessionId: string } | null;
  /** Whether nobody waits for the answer any more. */
  isAbandoned?: boolean;
  /** Whether the visitor's session ended before the link that it asked for was stored. */
  isSignedOut?: boolean;
  signedInUserId?: string;
  newUserId?: string;
  /** Whether the new user gets onboarding tasks, as the page asked that began the visit. */
  wantsOnboardingTasks?: boolean;
  isLinkNew?: boolean;
};

/** Why a visit comes to nothing; the code that Better Auth passes on. */
export const visitRefusals = {
  unconfirmedThere: "provider_address_not_confirmed",
  unconfirmedHere: "own_address_not_confirmed",
  signedOut: "signed_out",
  twoStepIsOn: "two_step_is_on",
} as const;

type Person = { id?: string; email?: string | null; emailVerified?: boolean };
type Source = { method: string; action: string };

const visits = processWide("provider visits", () => new AsyncLocalStorage<ProviderVisit>());

/** Runs what answers a visit, and notes in `visit` what Better Auth does beneath. */
export function withProviderVisit<Result>(
  visit: ProviderVisit,
  work: () => Promise<Result>,
): Promise<Result> {
  return visits.run(visit, work);
}

/** What Better Auth tells of its writes. Tokens of a provider are not kept: we call it for nothing. */
export const visitHooks = {
  user: {
    create: {
      // Pictures of elsewhere are not shown here, so their addresses are not kept.
      before: async () => ({ data: { image: null } }),
      after: async ({ id }: { id: string }) =>
        note({ newUserId: id, wantsOnboardingTasks: await asksForOnboardingTasks() }),
    },
  },
  account: {
    create: {
      before: async ({ userId }: { userId: string }) => {
        refuseAbandoned();
        return (await mayStillLink(userId)) && { data: noTokens };
      },
      after: async ({ id, userId }: { id: string; userId: string }) => {
        // Seen once more, behind whatever was ending the session while the link was stored.
        if (await mayStillLink(userId)) {
          note({ isLinkNew: true });
        } else {
          await database().account.deleteMany({ where: { id, userId } });
        }
      },
    },
    update: { before: async () => ({ data: noTokens }) },
  },
  session: {
    create: {
      before: async () => refuseAbandoned(),
      after: async ({ userId }: { userId: string }) => note({ signedInUserId: userId }),
    },
  },
};

/** What Better Auth keeps of the beginning of a visit until the browser comes back. */
export function visitData({ onboardingTasks }: { onboardingTasks: boolean }) {
  return { additionalData: { onboardingTasks } };
}

async function asksForOnboardingTasks(): Promise<boolean> {
  return (await getOAuthState())?.onboardingTasks === true;
}

const noTokens = { accessToken: null, refreshToken: null, idToken: null };

function note(news: Partial<ProviderVisit>): void {
  Object.assign(visits.getStore() ?? {}, news);
}

/** Stores nothing for a visit whose answer nobody waits for: what is half done is undone by it. */
function refuseAbandoned(): void {
  if (visits.getStore()?.isAbandoned) {
    throw new Error("Nobody waits for the answer to this visit any more.");
  }
}

/** A link is stored only for a session that lives on. */
async function mayStillLink(userId: string): Promise<boolean> {
  const visitor = visits.getStore()?.visitor;
  if (visitor?.userId !== userId) {
    return true;
  }
  const isAlive = await isSessionAlive(visitor);
  note({ isSignedOut: !isAlive });
  return isAlive;
}

/** It waits for an end that is under way. */
async function isSessionAlive({ userId, sessionId }: { userId: string; sessionId: string }) {
  const rows = await database().$queryRaw<unknown[]>`
    SELECT 1 FROM "session"
    WHERE "id" = ${sessionId} AND "userId" = ${userId} AND "expiresAt" > ${new Date()}::timestamptz
    FOR SHARE`;
  return rows.length > 0;
}

/**
 * Decides whether an identity of a provider makes an account or joins one. Only an address that the
 * provider has confirmed does. A link that a person asks for may be to another address of theirs, if
 * their own is confirmed: else who signed up with somebody else's address would keep a way in after
 * its owner has taken the account over.
 */
export async function validateVisit({ user, source }: { user: Person; source: Source }) {
  if (source.method !== "oauth" || source.action === "sign-in") {
    return;
  }
  if (user.emailVerified !== true) {
    return { error: visitRefusals.unconfirmedThere };
  }
  const link = (await getOAuthState())?.link;
  if (link) {
    return refuseLink(link.userId, user.email);
  }
  return source.action === "link-account" ? refuseJoining(user.id) : undefined;
}

/**
 * Who holds the mailbox of an address can have an identity with it at a provider, and that must not
 * spare them the second step: its person links the provider in the settings.
 */
async function refuseJoining(userId: string | undefined) {
  const isOn = { userId: userId ?? "", enabledAt: { not: null } };
  return (await database().twoStep.count({ where: isOn })) > 0
    ? { error: visitRefusals.twoStepIsOn }
    : undefined;
}

/** Better Auth links by the state alone: a person who signed out meanwhile is asked to begin again. */
async function refuseLink(userId: string, email: string | null | undefined) {
  if (visits.getStore()?.visitor?.userId !== userId) {
    return { error: visitRefusals.signedOut };
  }
  const owner = await database().user.findUnique({ where: { id: userId } });
  const isOwn = owner !== null && email?.toLowerCase() === owner.email;
  return owner?.emailVerified || isOwn ? undefined : { error: visitRefusals.unconfirmedHere };
}
