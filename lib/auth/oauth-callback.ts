import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import { getOAuthState } from "better-auth/api";
import { lockSession } from "@/lib/auth/liveness";
import { database } from "@/lib/db/client";
import { processWide } from "@/lib/process-wide";

/** What happens while we answer the callback of a provider. */
export type OauthCallback = {
  /** The session of the browser, if somebody is signed in. */
  currentSession: { userId: string; sessionId: string } | null;
  /** Whether the callback was given up, because it took too long. */
  isAbandoned?: boolean;
  /** Whether the current session ended before the link that it requested was stored. */
  isSignedOut?: boolean;
  signedInUserId?: string;
  newUserId?: string;
  /** Whether the page that began the sign-in asked for onboarding tasks. */
  wantsOnboardingTasks?: boolean;
  isLinkNew?: boolean;
};

/** Why a callback is refused, as codes that Better Auth passes on. */
export const oauthRefusals = {
  unconfirmedThere: "provider_address_not_confirmed",
  unconfirmedHere: "own_address_not_confirmed",
  signedOut: "signed_out",
  twoStepIsOn: "two_step_is_on",
} as const;

type Person = { id?: string; email?: string | null; emailVerified?: boolean };
type Source = { method: string; action: string };

const callbacks = processWide("OAuth callbacks", () => new AsyncLocalStorage<OauthCallback>());

/** Runs `work`, and records in `callback` what Better Auth does in it. */
export function withOauthCallback<Result>(
  callback: OauthCallback,
  work: () => Promise<Result>,
): Promise<Result> {
  return callbacks.run(callback, work);
}

/**
 * Hooks around the writes of Better Auth. A provider's tokens are not stored, because we never use
 * them.
 */
export const callbackHooks = {
  user: {
    create: {
      // Pictures of other sites are not shown, so their addresses are not stored.
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
        // Checked again, because the session may have ended while the link was being stored.
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

/** What Better Auth stores with the OAuth state until the browser comes back. */
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

/** Keeps a callback that was given up from storing anything: its transaction is rolled back. */
function refuseAbandoned(): void {
  if (callbacks.getStore()?.isAbandoned) {
    throw new Error("Nobody waits for the answer to this callback any more.");
  }
}

/**
 * Whether the session that requested a link is still alive. It waits for an end that is in
 * progress.
 */
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
 * Decides whether a provider's identity may make an account or join one. The provider must have
 * confirmed its address. A person may link an identity with another address only if their own address
 * is confirmed: otherwise somebody who signed up with the address of another person could still sign
 * in after its owner has taken the account over.
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
 * Somebody who controls the mailbox of an address can get a provider's identity with it, which must
 * not bypass the second step. The owner can link the provider in the settings.
 */
async function refuseJoining(userId: string | undefined) {
  const isOn = { userId: userId ?? "", enabledAt: { not: null } };
  return (await database().twoStep.count({ where: isOn })) > 0
    ? { error: oauthRefusals.twoStepIsOn }
    : undefined;
}

/** Better Auth trusts the state alone, so we check that the person is still signed in. */
async function refuseLink(userId: string, email: string | null | undefined) {
  if (callbacks.getStore()?.currentSession?.userId !== userId) {
    return { error: oauthRefusals.signedOut };
  }
  const owner = await database().user.findUnique({ where: { id: userId } });
  const isOwn = owner !== null && email?.toLowerCase() === owner.email;
  return owner?.emailVerified || isOwn ? undefined : { error: oauthRefusals.unconfirmedHere };
}
