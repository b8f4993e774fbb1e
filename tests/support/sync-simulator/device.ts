import {
  type Answer,
  below,
  type Change,
  demand,
  type Fault,
  oneOf,
  type Page,
  type Random,
  type ReadQuestion,
  type Result,
  type Row,
  type SendQuestion,
  uuidFrom,
} from "@/tests/support/sync-simulator/protocol";

const changesPerRequestMax = 3;
const commitsLostMax = 3;

/** A change that the rows do not hold yet. It is sent until its result is known. */
type LoggedChange = Change & { isStored: boolean };

type KeptChange = { change: Change; status: Result["status"] };

/** What is written to the disk as one transaction. */
type Disk = {
  device: string;
  nextN: number;
  rows: Map<string, Row>;
  cursor: string | null;
  log: LoggedChange[];
  /** Conflicts and refusals, which the person sees with what they wrote. */
  kept: KeptChange[];
};

export type Question = {
  /** Which life of the page asked it. */
  page: number;
  /** Which reading from the beginning it is part of. */
  reading: number;
  /** The changes whose result was known when it was asked. */
  storedBefore: string[];
} & (({ kind: "read" } & ReadQuestion) | ({ kind: "send" } & SendQuestion));

/** A model of a person's device: a durable log and replica, and a page that can crash. */
export class Device {
  /** Whether the latest answer brought nothing new. */
  isUpToDate = false;
  /** Changes that a power loss has taken from the disk. */
  readonly lost = new Set<string>();
  rotations = 0;
  #page = 1;
  #reading = 1;
  #disk: Disk;
  #memory: Disk;
  #past: Disk[] = [];
  /** A second replica, read from the beginning while the first is still shown. */
  #second: { rows: Map<string, Row>; cursor: string | null } | undefined;

  constructor(
    private readonly random: Random,
    private readonly onLeft: (change: Change, row: Row | undefined) => void,
    private readonly fault?: Fault,
  ) {
    const device = uuidFrom(random);
    this.#memory = { device, nextN: 1, rows: new Map(), cursor: null, log: [], kept: [] };
    this.#disk = copyOf(this.#memory);
  }

  get rows(): Row[] {
    return [...this.#memory.rows.values()];
  }

  get log(): LoggedChange[] {
    return this.#memory.log;
  }

  get isReadingAgain(): boolean {
    return this.#second !== undefined;
  }

  keeps(changeId: string): boolean {
    return this.#memory.kept.some(({ change }) => change.changeId === changeId);
  }

  /** The person changes something: it is on the disk, and shown, before it may be sent. */
  act(): Change | undefined {
    const change = this.#nextChange();
    if (change) {
      this.#memory.nextN += 1;
      this.#memory.log.push({ ...change, isStored: false });
      this.#commit();
    }
    return change;
  }

  askToRead(limit: number): Question {
    const { device, nextN } = this.#memory;
    const from = this.#pending()[0]?.n ?? nextN;
    return { ...this.#question(), kind: "read", device, from, limit };
  }

  askToSend(): Question {
    const { device, nextN } = this.#memory;
    const pending = this.#pending();
    const changes = pending
      .slice(0, changesPerRequestMax)
      .map(({ isStored: _, ...change }) => structuredClone(change));
    const confirmed = (pending[0]?.n ?? nextN) - 1;
    return { ...this.#question(), kind: "send", device, confirmed, changes };
  }

  /** Takes an answer, unless the page that asked is gone or has taken a new device id since. */
  take(question: Question, answer: Answer): void {
    if (question.page !== this.#page || question.device !== this.#memory.device) {
      return;
    }
    this.isUpToDate = false;
    if (answer.kind === "resync") {
      this.#beginAgain(question);
    } else if (answer.kind === "page") {
      this.#takePage(question, answer);
    } else {
      this.#takeRefusal(answer);
    }
  }

  /** The page goes, and what was not on the disk with it. */
  crash(): void {
    this.#page += 1;
    this.#memory = copyOf(this.#disk);
    this.#second = undefined;
  }

  /** The disk loses its last transactions. */
  losePower(): void {
    const before = this.#disk;
    const [disk] = this.#past.splice(below(this.random, this.#past.length));
    this.#disk = disk ?? before;
    this.#past = [];
    this.crash();
    const left = new Set(this.log.map(({ changeId }) => changeId));
    const changes = [...before.log, ...before.kept.map(({ change }) => change)];
    for (const { changeId } of changes) {
      if (!left.has(changeId) && !this.keeps(changeId)) {
        this.lost.add(changeId);
      }
    }
  }

  #nextChange(): Change | undefined {
    const changeId = uuidFrom(this.random);
    const common = { n: this.#memory.nextN, changeId, kind: "task" } as const;
    const shown = this.#shown();
    const row = oneOf(
      this.random,
      shown.filter(({ deletedAt }) => deletedAt === null),
    );
    const kind = this.random();
    const title = `Title ${changeId}`;
    if (!row || kind < 0.2) {
      return { ...common, op: "create", id: uuidFrom(this.random), set: { title } };
    }
    const { id } = row;
    if (kind < 0.55) {
      return { ...common, op: "update", id, set: { title }, base: { title: row.title } };
    }
    if (kind < 0.75) {
      const priority = oneOf(this.random, ["low", "medium", "high"]);
      return { ...common, op: "update", id, set: { priority } };
    }
    if (kind < 0.9) {
      return { ...common, op: "delete", id };
    }
    const gone = oneOf(
      this.random,
      shown.filter(({ deletedAt }) => deletedAt !== null),
    );
    return gone && { ...common, op: "restore", id: gone.id };
  }

  /** The rows with the log over them. */
  #shown(): Row[] {
    const shown = new Map(this.#memory.rows);
    for (const { op, id, set } of this.log) {
      const before = shown.get(id) ?? {
        id,
        title: "",
        priority: "none",
        version: 0,
        deletedAt: null,
      };
      const { title = before.title, priority = before.priority } = set ?? {};
      const deletedAt = { delete: "now", restore: null, create: null, update: before.deletedAt };
      if (op === "create" || shown.has(id)) {
        shown.set(id, { ...before, title, priority, deletedAt: deletedAt[op] });
      }
    }
    return [...shown.values()];
  }

  #pending(): LoggedChange[] {
    return this.log.filter(({ isStored }) => !isStored);
  }

  #question() {
    const stored = this.log.filter(({ isStored }) => isStored);
    const storedBefore = stored.map(({ changeId }) => changeId);
    return { page: this.#page, reading: this.#reading, storedBefore, cursor: this.#cursor() };
  }

  #cursor(): string | null {
    return (this.#second ?? this.#memory).cursor;
  }

  #isLatest({ cursor, reading }: Question): boolean {
    return cursor === this.#cursor() && reading === this.#reading;
  }

  #beginAgain(question: Question): void {
    if (!this.#isLatest(question)) {
      return;
    }
    this.#reading += 1;
    if (this.fault === "a second reading goes into the old rows") {
      this.#memory.cursor = null;
      return;
    }
    this.#second = { rows: new Map(), cursor: null };
  }

  #takeRefusal({ results }: { results: Result[] }): void {
    this.#note(results);
    if (this.fault !== "a device goes on after a gap") {
      this.#takeNewId();
    }
  }

  #takePage(question: Question, page: Page): void {
    this.#note(page.results);
    if (this.#isLatest(question) || this.fault === "the answer to an older question is taken") {
      this.#takeRows(page);
      if (!page.more || this.fault === "a change leaves the log before the last page") {
        this.#leaveLog([...question.storedBefore, ...page.results.map((one) => one.changeId)]);
      }
      this.isUpToDate = !page.more && page.rows.length === 0;
    }
    const isTaken = this.#pending().some(({ n }) => n <= page.last);
    if (question.kind === "read" && (isTaken || page.last >= this.#memory.nextN)) {
      // The server knows changes that this disk has lost.
      this.#takeNewId();
    } else {
      this.#commit();
    }
  }

  #takeRows({ rows, cursor, more }: Page): void {
    const replica = this.#second ?? this.#memory;
    for (const row of rows) {
      replica.rows.set(row.id, row);
    }
    replica.cursor = cursor;
    if (this.#second && !more) {
      Object.assign(this.#memory, this.#second);
      this.#second = undefined;
    }
  }

  #note(results: Result[]): void {
    for (const { changeId, status } of results) {
      const change = this.log.find((logged) => logged.changeId === changeId);
      if (change && status === "stored") {
        change.isStored = true;
        if (this.fault === "a change leaves the log with its result") {
          this.#leaveLog([changeId]);
        }
      } else if (change) {
        this.#memory.log = this.log.filter((logged) => logged !== change);
        if (this.fault !== "a refusal is not shown") {
          this.#memory.kept.push({ change, status });
        }
      }
    }
  }

  #leaveLog(changeIds: string[]): void {
    const leaves = ({ isStored, changeId }: LoggedChange) =>
      isStored && changeIds.includes(changeId);
    const left = this.log.filter(leaves);
    this.#memory.log = this.log.filter((change) => !leaves(change));
    for (const change of left) {
      this.onLeft(change, this.#memory.rows.get(change.id));
    }
  }

  /** Numbers what is not stored from 1 again. Power loss must not undo it, or it is sent twice. */
  #takeNewId(): void {
    this.rotations += 1;
    this.#memory.device = uuidFrom(this.random);
    const pending = this.#pending();
    for (const [index, change] of pending.entries()) {
      change.n = index + 1;
    }
    this.#memory.nextN = pending.length + 1;
    this.#commit();
    if (this.fault !== "a new device id may be lost with the power") {
      this.#past = [];
    }
  }

  #commit(): void {
    this.#past = [...this.#past, this.#disk].slice(-commitsLostMax);
    this.#disk = copyOf(this.#memory);
    demand(this.#disk.log.length === this.log.length, "a change is on the disk");
  }
}

/** Rows are never changed in place. */
function copyOf(disk: Disk): Disk {
  const log = disk.log.map((change) => ({ ...change }));
  return { ...disk, rows: new Map(disk.rows), log, kept: [...disk.kept] };
}
