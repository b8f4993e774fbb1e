import {
  type Answer,
  below,
  type Change,
  type Fault,
  type Random,
  type ReadQuestion,
  type Result,
  type Row,
  type SendQuestion,
  type Server,
  uuidFrom,
} from "@/tests/support/sync-simulator/protocol";

const keptResultsMin = 8;
const sendLimit = 4;

type StoredRow = Row & { seq: number };
type KnownDevice = { last: number; results: Map<number, Result> };
type Position = { epoch: number; floor: number; head: number; seq: number; id: string };

type State = {
  epoch: number;
  head: number;
  floor: number;
  now: number;
  rows: Map<string, StoredRow>;
  devices: Map<string, KnownDevice>;
  /** Rows with a number whose transaction has not ended, with the fault alone. */
  unseen: StoredRow[];
};

/** A model of the server of `lib/sync`, with the fault that is planted in it. */
export function modelServer(random: Random, fault?: Fault): Server {
  let state: State = {
    epoch: 1,
    head: 1,
    floor: 0,
    now: 1,
    rows: new Map(),
    devices: new Map(),
    unseen: [],
  };
  let epochs = 1;

  return {
    read: async (question, meanwhile) => {
      showUnseen();
      return fault === "results are read after the rows"
        ? readRowsFirst(question, meanwhile)
        : readResultsFirst(question, meanwhile);
    },
    send: async (question) => send(question),
    makeTasks: async (random) => makeTasks(random),
    purge: async (random) => purge(random),
    backUp: async () => {
      const backup = structuredClone(state);
      return async () => {
        state = structuredClone(backup);
      };
    },
    endEpoch: async () => endEpoch(),
    rows: async () => {
      showUnseen(true);
      return [...state.rows.values()].map(toRow);
    },
  };

  async function readResultsFirst(question: ReadQuestion, meanwhile: () => Promise<void>) {
    const results = resultsFrom(question);
    await meanwhile();
    return pageAfter(question.cursor, question.limit, results);
  }

  async function readRowsFirst(question: ReadQuestion, meanwhile: () => Promise<void>) {
    const page = pageAfter(question.cursor, question.limit, resultsFrom(question));
    await meanwhile();
    return page.kind === "page" ? { ...page, ...resultsFrom(question) } : page;
  }

  function resultsFrom({ device, from }: ReadQuestion) {
    const { last, results } = state.devices.get(device) ?? { last: 0, results: new Map() };
    return { last, results: [...results.values()].filter(({ n }) => n >= from) };
  }

  function send({ device, cursor, confirmed, changes }: SendQuestion): Answer {
    if (cursor !== null && !isContinuable(JSON.parse(cursor))) {
      return { kind: "resync" };
    }
    const known = state.devices.get(device) ?? { last: 0, results: new Map<number, Result>() };
    const refusal = refusalOf(known, changes);
    if (refusal) {
      return { kind: refusal, last: known.last, results: [...known.results.values()] };
    }
    state.devices.set(device, known);
    const results = changes.map((change) => applyOnce(known, change));
    forgetConfirmed(known, confirmed);
    return pageAfter(cursor, sendLimit, { last: known.last, results });
  }

  function refusalOf({ last, results }: KnownDevice, changes: Change[]) {
    const isForked = ({ n, changeId }: Change) =>
      n <= last && results.has(n) && results.get(n)?.changeId !== changeId;
    if (fault !== "a number taken by another change goes unseen" && changes.some(isForked)) {
      return "forked";
    }
    return (changes[0]?.n ?? 1) > last + 1 ? "gap" : undefined;
  }

  function applyOnce(known: KnownDevice, change: Change): Result {
    const { n, changeId } = change;
    if (n <= known.last) {
      if (fault === "a repeated change is applied again") {
        apply(change);
      }
      return { ...(known.results.get(n) ?? { n, status: "stored" }), changeId };
    }
    const before = new Map(state.rows);
    const result = { n, changeId, status: apply(change) };
    if (fault === "a result is kept although its change was not stored" && random() < 0.05) {
      state.rows = before;
    }
    known.last = n;
    known.results.set(n, result);
    return result;
  }

  function forgetConfirmed({ last, results }: KnownDevice, confirmed: number) {
    const end =
      fault === "results are forgotten before they are confirmed"
        ? last
        : Math.min(confirmed, last - keptResultsMin);
    for (const n of [...results.keys()].filter((n) => n <= end)) {
      results.delete(n);
    }
  }

  function apply({ op, id, set = {}, base = {} }: Change): Result["status"] {
    const row = state.rows.get(id);
    if (op === "create") {
      return row ? "refused" : write({ ...newRow(id), ...given(set) });
    }
    if (!row || (row.deletedAt === null) === (op === "restore")) {
      return "refused";
    }
    if (op === "update") {
      return isConflict(row, set, base) ? "conflict" : write({ ...row, ...given(set) });
    }
    return write({ ...row, deletedAt: op === "delete" ? String(state.now) : null });
  }

  function isConflict(row: Row, set: Change["set"], base: Change["base"]): boolean {
    const isOther = base?.title !== undefined && base.title !== row.title;
    return fault !== "bases are ignored" && isOther && row.title !== set?.title;
  }

  function write(row: Row): "stored" {
    state.head += 1;
    state.rows.set(row.id, { ...row, version: row.version + 1, seq: state.head });
    return "stored";
  }

  /** Three of one statement, which have one number. */
  function makeTasks(random: Random): Row[] {
    state.head += 1;
    const made = [1, 2, 3].map(() => ({
      ...newRow(uuidFrom(random)),
      version: 1,
      seq: state.head,
    }));
    if (fault === "numbers become visible out of order") {
      state.unseen.push(...made);
    } else {
      for (const row of made) {
        state.rows.set(row.id, row);
      }
    }
    return made.map(toRow);
  }

  function showUnseen(isEnd = false) {
    if (isEnd || random() < 0.1) {
      for (const row of state.unseen.splice(0)) {
        state.rows.set(row.id, row);
      }
    }
  }

  function purge(random: Random) {
    state.now += 1 + below(random, 20);
    for (const { id, deletedAt, seq } of [...state.rows.values()]) {
      if (deletedAt !== null && Number(deletedAt) < state.now - 10) {
        state.rows.delete(id);
        state.floor = Math.max(state.floor, seq);
      }
    }
  }

  function endEpoch() {
    if (fault !== "a restored backup keeps its epoch") {
      epochs += 1;
      state.epoch = epochs;
    }
  }

  function pageAfter(
    cursor: string | null,
    limit: number,
    known: { last: number; results: Result[] },
  ): Answer {
    const from: Position =
      cursor === null
        ? { epoch: state.epoch, floor: state.floor, head: state.head, seq: 0, id: "" }
        : JSON.parse(cursor);
    if (!isContinuable(from)) {
      return { kind: "resync" };
    }
    const found = [...state.rows.values()].filter((row) => isAfter(row, from)).sort(inOrder);
    const page = found.slice(0, limit);
    const last = page.at(-1);
    const more = found.length > limit;
    const behind =
      more && last ? { seq: last.seq, id: idInCursor(last) } : { seq: state.head, id: "~" };
    const position = { ...from, head: state.head, ...behind };
    const rows = page.map(toRow);
    return {
      kind: "page",
      rows,
      more,
      cursor: JSON.stringify(position),
      ...structuredClone(known),
    };
  }

  function idInCursor({ id }: Row): string {
    return fault === "a page ends inside a number" ? "~" : id;
  }

  function isContinuable({ epoch, floor, head, seq }: Position): boolean {
    const seen = fault === "a restored backup is known by a cursor's place alone" ? seq : head;
    if (epoch === state.epoch && seen > state.head) {
      endEpoch();
      return fault === "a restored backup keeps its epoch";
    }
    if (epoch !== state.epoch || fault === "a cursor before the floor goes on") {
      return epoch === state.epoch;
    }
    const isKnown = state.floor <= floor && fault !== "the floor that a reader knows is ignored";
    return isKnown || state.floor <= seq;
  }
}

function newRow(id: string): Row {
  return { id, title: "", priority: "none", version: 0, deletedAt: null };
}

function given({ title, priority }: NonNullable<Change["set"]>) {
  return { ...(title !== undefined && { title }), ...(priority !== undefined && { priority }) };
}

function toRow({ seq: _, ...row }: StoredRow): Row {
  return { ...row };
}

function isAfter(row: StoredRow, { seq, id }: Position): boolean {
  return row.seq > seq || (row.seq === seq && row.id > id);
}

function inOrder(one: StoredRow, other: StoredRow): number {
  return one.seq - other.seq || (one.id < other.id ? -1 : 1);
}
