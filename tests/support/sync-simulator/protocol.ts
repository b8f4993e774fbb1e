/** Faults that can be planted in the model of the server or of a device, one at a time. */
export const faults = [
  "numbers become visible out of order",
  "a cursor before the floor goes on",
  "the floor that a reader knows is ignored",
  "a number taken by another change goes unseen",
  "results are forgotten before they are confirmed",
  "a repeated change is applied again",
  "a result is kept although its change was not stored",
  "a page ends inside a number",
  "a restored backup keeps its epoch",
  "a restored backup is known by a cursor's place alone",
  "bases are ignored",
  "results are read after the rows",
  "a device goes on after a gap",
  "a new device id may be lost with the power",
  "a change leaves the log with its result",
  "a change leaves the log before the last page",
  "the answer to an older question is taken",
  "a refusal is not shown",
  "a second reading goes into the old rows",
] as const;

export type Fault = (typeof faults)[number];

export type Row = {
  id: string;
  title: string;
  priority: string;
  version: number;
  deletedAt: string | null;
};

type Members = { title?: string | undefined; priority?: string | undefined };

export type Change = {
  n: number;
  changeId: string;
  op: "create" | "update" | "delete" | "restore";
  kind: "task";
  id: string;
  set?: Members;
  base?: Members;
};

export type Result = { n: number; changeId: string; status: "stored" | "conflict" | "refused" };

export type Page = {
  kind: "page";
  rows: Row[];
  cursor: string;
  more: boolean;
  last: number;
  results: Result[];
};

export type Answer =
  | Page
  | { kind: "resync" }
  | { kind: "forked" | "gap"; last: number; results: Result[] };

export type ReadQuestion = { device: string; cursor: string | null; from: number; limit: number };

export type SendQuestion = {
  device: string;
  cursor: string | null;
  confirmed: number;
  changes: Change[];
};

/** What the devices talk to: a model, or the real handlers. */
export type Server = {
  /** @param meanwhile what other requests do while this one is read, where it is no one transaction */
  read: (question: ReadQuestion, meanwhile: () => Promise<void>) => Promise<Answer>;
  send: (question: SendQuestion) => Promise<Answer>;
  /** Another program makes tasks. */
  makeTasks: (random: Random) => Promise<Row[]>;
  /** Deletes for good some of what is in the trash. */
  purge: (random: Random) => Promise<void>;
  /** @returns what puts everything back as it was */
  backUp: () => Promise<() => Promise<void>>;
  /** What an operator does after a restored backup. */
  endEpoch: () => Promise<void>;
  /** What is stored in the end. */
  rows: () => Promise<Row[]>;
};

/** Numbers from 0 to below 1, the same ones for a seed. */
export type Random = () => number;

export class Violation extends Error {}

/** Demands a promise of the protocol. */
export function demand(isKept: boolean, promise: string): void {
  if (!isKept) {
    throw new Violation(promise);
  }
}

/** Mulberry32, which needs no state but a number. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function below(random: Random, end: number): number {
  return Math.floor(random() * end);
}

export function oneOf<Item>(random: Random, items: readonly Item[]): Item | undefined {
  return items[below(random, items.length)];
}

export function uuidFrom(random: Random): string {
  const hex = Array.from({ length: 32 }, () => below(random, 16).toString(16)).join("");
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, "$1-$2-4$3-8$4-$5");
}
