import type { ApiError } from "@/lib/client/api-error";

type SessionState = "open" | "asking" | "declined" | "another-person";

export type SessionGate = {
  state: () => SessionState;
  subscribe: (listener: () => void) => () => void;
  pass: (error: ApiError) => Promise<void>;
  ask: () => void;
  reopen: () => void;
  decline: () => void;
  replace: () => void;
};

type Waiting = { resolve: () => void; reject: (error: ApiError) => void; error: ApiError };

/**
 * Where requests wait while the person signs in again, so that nothing typed is lost.
 *
 * @throws ApiError from `pass`, which resolves once somebody called `reopen`: the error it was given
 *   when the person declined or somebody else has signed in
 */
export function createSessionGate(): SessionGate {
  let state: SessionState = "open";
  let waiting: Waiting[] = [];
  const listeners = new Set<() => void>();

  function become(next: SessionState) {
    if (state === next) {
      return;
    }
    state = next;
    for (const listener of listeners) {
      listener();
    }
  }

  function release(settle: (entry: Waiting) => void) {
    const released = waiting;
    waiting = [];
    for (const entry of released) {
      settle(entry);
    }
  }

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    pass(error) {
      if (state === "declined" || state === "another-person") {
        return Promise.reject(error);
      }
      become("asking");
      return new Promise((resolve, reject) => {
        waiting.push({ resolve, reject, error });
      });
    },
    ask: () => become("asking"),
    reopen() {
      become("open");
      release((entry) => entry.resolve());
    },
    decline() {
      become("declined");
      release((entry) => entry.reject(entry.error));
    },
    replace() {
      become("another-person");
      release((entry) => entry.reject(entry.error));
    },
  };
}
