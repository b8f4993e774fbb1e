"use client";

import { createContext, type ReactNode, useContext, useMemo, useState } from "react";

/** Where the bearer token of a request comes from. */
export type TokenSource = "session" | "pasted";

type TryItState = {
  source: TokenSource;
  setSource: (source: TokenSource) => void;
  /** Kept in memory only: gone with the page. */
  pastedToken: string;
  setPastedToken: (token: string) => void;
  /** The task that an answer spoke of last, to go on with. */
  taskId: string | null;
  setTaskId: (id: string) => void;
};

const TryItContext = createContext<TryItState | null>(null);

/** What the requests of this page have in common. */
export function TryItProvider({ children }: { children: ReactNode }) {
  const [source, setSource] = useState<TokenSource>("session");
  const [pastedToken, setPastedToken] = useState("");
  const [taskId, setTaskId] = useState<string | null>(null);
  const state = useMemo(
    () => ({ source, setSource, pastedToken, setPastedToken, taskId, setTaskId }),
    [source, pastedToken, taskId],
  );
  return <TryItContext value={state}>{children}</TryItContext>;
}

/** The common state. Inside TryItProvider only. */
export function useTryIt(): TryItState {
  const state = useContext(TryItContext);
  if (!state) {
    throw new Error("TryIt belongs inside TryItProvider.");
  }
  return state;
}
