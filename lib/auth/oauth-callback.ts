import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import { getOAuthState } from "better-auth/api";
import { lockSession } from "@/lib/auth/liveness";
import { database } from "@/lib/db/client";
import { processWide } from "@/lib/process-wide";

/** Somebody who comes back from a provider, and what became of it. */
export type OauthCallback = {
  /** The session of the person who is signed in here already. */
  currentSession: { userId: string; sessionId: string } | null;
  /** Whether nobody waits for the answer any more. */
  isAbandoned?: boolean;
  /** Whether the current session ended before the link that it asked for was stored. */
  isSignedOut?: boolean;
  signedInUserId?: string;
  newUserId?: string;
  /** Whether the new user gets onboarding tasks, as the page asked that began the sign-in. */
  wantsOnboardingTasks?: boolean;
  isLinkNew?: boolean;
};

/** Why a callback is refused; the code that Better Auth passes on. */
export const oauthRefusals = {
  unconfirmedThere: "provider_address_not_confirmed",
  unconfirmedHere: "own_address_not_confirmed",
  signedOut: "signed_out",
  twoStepIsOn: "two_step_is_on",
} as const;

type Person = { id?: string; email?: string | null; emailVerified?: boolean };
type Source = { method: string; action: string };

const callbacks = processWide("OAuth callbacks", () => new AsyncLocalStorage<OauthCallback>());

/** Answers a callback, and notes in `callback` what Better Auth does beneath. */
export function withOauthCallback<Result>(
  callback: OauthCallback,
  work: () => Promise<Result>,
): Promise<Result> {
  return callbacks.run(callback, work);
}

/** What Better Auth tells of its writes. Tokens of a provider are not kept: we call it for nothing. */
export const callbackHooks = {
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

/** What Better Auth keeps of the beginning of a sign-in or a link until the browser comes back. */
export function oauthStateData({ onboardingTasks }: { onboardingTasks: boolean }) {
  return { additionalData: { onboardingTasks } };
}

async function asksForOnboardingTasks(): Promise<boolean> {
  return (await getOAuthState())?.onboardingTasks === true;
}

const noTokens = { accessToken: null, refreshToken: null, idToken: null };

function note(news: Partial<OauthCallback>): void {
  Object.assign(callbacks.getStore() ?? {}, news);
}

/** Stores nothing for a callback whose answer nobody waits for: what is half done is undone by it. */
function refuseAbandoned(): void {
  if (callbacks.getStore()?.isAbandoned) {
    throw new Error("Nobody waits for the answer to this callback any more.");
  }
}

/** A link is stored only for a session that lives on. The lock waits for an end that is under way. */
async function mayStillLink(userId: string): Promise<boolean> {
  const currentSession = callbacks.getStore()?.currentSession;
  if (currentSession?.userId !== userId) {
    return true;
  }
  const isAlive = await lockSession(database(), currentSession.userId, currentSession.sessionId);
  note({ isSignedOut: !isAlive });
  return isAlive;
}

/**
 * Decides whether an identity of a provider makes an account or joins one. Only an address that the
 * provider has confirmed does. A link that a person asks for may be to another address of theirs, if
 * their own is confirmed: else who signed up with somebody else's address would keep a way in after
 * its owner has taken the account over.
 */
export async function validateOauthUser({ user, source }: { user: Person; source: Source }) {
  if (source.method !== "oauth" || source.action === "sign-in") {
    return;
  }
  if (user.emailVerified !== true) {
    return { error: oauthRefusals.unconfirmedThere };
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
    ? { error: oauthRefusals.twoStepIsOn }
    : undefined;
}

/** Better Auth links by the state alone: a person who signed out meanwhile is asked to begin again. */
async function refuseLink(userId: string, email: string | null | undefined) {
  if (callbacks.getStore()?.currentSession?.userId !== userId) {
    return { error: oauthRefusals.signedOut };
  }
  const owner = await database().user.findUnique({ where: { id: userId } });
  const isOwn = owner !== null && email?.toLowerCase() === owner.email;
  return owner?.emailVerified || isOwn ? undefined : { error: oauthRefusals.unconfirmedHere };
}
