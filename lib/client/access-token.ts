import { ApiError, unexpectedAnswer } from "@/lib/client/api-error";
import { isRecord } from "@/lib/client/is-record";
import { readText } from "@/lib/client/read-body";
import { send } from "@/lib/client/send";
import type { TabChannel } from "@/lib/client/tab-channel";

const renewEarlyMillisecondsMax = 60_000;
const lockName = "evo-todo:token";
const lockWaitMilliseconds = 6_000;
const otherTabWaitMilliseconds = 60;

type Held = { token: string; renewAt: number; endsAt: number };

export type AccessToken = {
  get: () => Promise<string>;
  refuse: (token: string) => void;
  clear: () => void;
};

type Claims = { sub: string; lifeMilliseconds: number };

/**
 * The bearer token of one user in this tab: in memory only, renewed before it ends, once for all
 * callers here and for all tabs in need at the same time.
 *
 * Its life is counted from its receipt on the monotonic clock (`exp - iat`), because the clock of
 * the machine may be wrong.
 *
 * @throws ApiError from `get`: `signed_out` when the session itself is over, `another_person` when the
 *   browser is signed in as somebody else by now
 */
export function createAccessToken(userId: string, channel: TabChannel | null): AccessToken {
  let held: Held | null = null;
  let inFlight: Promise<string> | null = null;
  let generation = 0;

  function hold(token: string, lifeMilliseconds: number) {
    const now = performance.now();
    const early = Math.min(renewEarlyMillisecondsMax, lifeMilliseconds / 4);
    held = { token, renewAt: now + lifeMilliseconds - early, endsAt: now + lifeMilliseconds };
  }

  function fresh(): string | null {
    return held && performance.now() < held.renewAt ? held.token : null;
  }

  channel?.listen((message) => {
    if (message.kind === "token" && message.userId === userId) {
      hold(message.token, message.lifeMilliseconds);
    }
  });

  async function obtain(waited: boolean): Promise<string> {
    if (waited) {
      await new Promise((resolve) => setTimeout(resolve, otherTabWaitMilliseconds));
      const passedOn = fresh();
      if (passedOn) {
        return passedOn;
      }
    }
    const started = generation;
    const token = await fetchToken();
    const { sub, lifeMilliseconds } = readClaims(token);
    if (sub !== userId) {
      throw new ApiError({
        status: 401,
        code: "another_person",
        detail: "Somebody else is signed in now.",
      });
    }
    if (started !== generation) {
      throw new ApiError({ status: 401, code: "signed_out", detail: "You are signed out." });
    }
    hold(token, lifeMilliseconds);
    channel?.tell({ kind: "token", userId, token, lifeMilliseconds });
    return token;
  }

  function renew(): Promise<string> {
    inFlight ??= oneTabAtATime(obtain).finally(() => {
      inFlight = null;
    });
    return inFlight;
  }

  return {
    async get() {
      const now = performance.now();
      if (!held || now >= held.endsAt) {
        return renew();
      }
      // Still good for a while: a caller that asks now need not wait for the next one.
      if (now >= held.renewAt) {
        renew().catch(() => undefined);
      }
      return held.token;
    },
    refuse(token) {
      if (held?.token === token) {
        held = null;
      }
    },
    clear() {
      held = null;
      inFlight = null;
      generation += 1;
    },
  };
}

function readClaims(token: string): Claims {
  const payload = token.split(".")[1] ?? "";
  const base64 = payload.replaceAll("-", "+").replaceAll("_", "/");
  let claims: unknown;
  try {
    claims = JSON.parse(atob(base64));
  } catch {
    throw unexpectedAnswer();
  }
  const { sub, iat, exp } = isRecord(claims) ? claims : {};
  if (typeof sub !== "string" || typeof iat !== "number" || typeof exp !== "number") {
    throw unexpectedAnswer();
  }
  return { sub, lifeMilliseconds: (exp - iat) * 1000 };
}

async function fetchToken(): Promise<string> {
  try {
    const { body } = await send("/api/auth/token", { credentials: "same-origin" });
    return readText(body, "token");
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 401) {
      throw error;
    }
    throw new ApiError({ status: 401, code: "signed_out", detail: "You are signed out." });
  }
}

/**
 * One tab at a time, where the browser has locks. A tab that hangs with the lock holds nobody up
 * for longer than `lockWaitMilliseconds`.
 */
async function oneTabAtATime<Result>(operation: (waited: boolean) => Promise<Result>) {
  const locks: LockManager | undefined = globalThis.navigator?.locks;
  if (!locks) {
    return operation(false);
  }
  const free = await locks.request(lockName, { ifAvailable: true }, async (lock) =>
    lock ? { result: await operation(false) } : null,
  );
  if (free) {
    return free.result;
  }
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), lockWaitMilliseconds);
  let granted = false;
  try {
    return await locks.request(lockName, { signal: patience.signal }, () => {
      granted = true;
      clearTimeout(timer);
      return operation(true);
    });
  } catch (error) {
    if (granted) {
      throw error;
    }
    return operation(true);
  } finally {
    clearTimeout(timer);
  }
}
