import { isRecord } from "@/lib/client/is-record";

const channelName = "evo-todo";

type TabMessage =
  | { kind: "token"; userId: string; token: string; lifeMilliseconds: number }
  | { kind: "signed-out" }
  | { kind: "tasks-changed"; userId: string };

export type TabChannel = {
  tell: (message: TabMessage) => void;
  listen: (listener: (message: TabMessage) => void) => () => void;
  close: () => void;
};

/** Words between the tabs of this site in this browser, or null where it has none. Nothing is stored. */
export function openTabChannel(): TabChannel | null {
  if (typeof BroadcastChannel === "undefined") {
    return null;
  }
  const channel = new BroadcastChannel(channelName);
  const listeners = new Set<(message: TabMessage) => void>();
  channel.addEventListener("message", (event: MessageEvent<unknown>) => {
    const message = readMessage(event.data);
    if (message) {
      for (const listener of listeners) {
        listener(message);
      }
    }
  });
  return {
    tell: (message) => channel.postMessage(message),
    listen: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    close: () => channel.close(),
  };
}

/** Tells one thing to every tab of this site in this browser, this one too. */
export function tellTabs(message: TabMessage): void {
  const channel = openTabChannel();
  channel?.tell(message);
  channel?.close();
}

function readMessage(data: unknown): TabMessage | null {
  if (!isRecord(data)) {
    return null;
  }
  const { kind, userId, token, lifeMilliseconds } = data;
  if (kind === "signed-out") {
    return { kind };
  }
  if (typeof userId !== "string") {
    return null;
  }
  if (kind === "tasks-changed") {
    return { kind, userId };
  }
  if (kind !== "token" || typeof token !== "string") {
    return null;
  }
  return typeof lifeMilliseconds === "number" ? { kind, userId, token, lifeMilliseconds } : null;
}
