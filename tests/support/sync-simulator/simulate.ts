import { Device, type Question } from "@/tests/support/sync-simulator/device";
import {
  type Answer,
  below,
  type Change,
  demand,
  type Fault,
  oneOf,
  type Random,
  type Row,
  type Server,
} from "@/tests/support/sync-simulator/protocol";

const calmRoundsMax = 300;

/** What the server has said, which a restored backup takes back. */
type Facts = {
  statuses: Map<string, string>;
  /** How often each task was written. */
  versions: Map<string, number>;
  titles: Map<string, string | undefined>;
  /** The version that each stored change made. */
  made: Map<string, number>;
};

type Message = { device: Device; question: Question; answer?: Answer };

export type Figures = {
  changes: number;
  kept: number;
  newIds: number;
  restored: number;
  requests: number;
};

type Simulation = { random: Random; server: Server; steps: number; fault?: Fault | undefined };

/**
 * Lets a person's devices work against a server while requests, answers, pages, disks and the server's
 * database fail, then lets all of them come to rest, and demands the promises of the protocol.
 *
 * @throws Violation naming the promise that was broken
 */
export async function simulate({ random, server, steps, fault }: Simulation): Promise<Figures> {
  let facts: Facts = {
    statuses: new Map(),
    versions: new Map(),
    titles: new Map(),
    made: new Map(),
  };
  let backup: { facts: Facts; restore: () => Promise<void> } | undefined;
  let wire: Message[] = [];
  const figures: Figures = { changes: 0, kept: 0, newIds: 0, restored: 0, requests: 0 };
  const written = new Map<string, { change: Change; device: Device }>();
  const undone = new Set<string>();
  const devices = Array.from(
    { length: 2 + below(random, 3) },
    () => new Device(random, demandNoFlicker, fault),
  );

  for (let step = 0; step < steps; step += 1) {
    await takeStep(random());
  }
  wire = [];
  await comeToRest();
  await demandPromises();
  for (const { rotations } of devices) {
    figures.newIds += rotations;
  }
  return figures;

  async function takeStep(kind: number): Promise<void> {
    const device = oneOf(random, devices);
    if (!device) {
      return;
    }
    const steps: [end: number, step: () => unknown][] = [
      [0.3, () => act(device)],
      [0.42, () => wire.push({ device, question: device.askToSend() })],
      [0.54, () => wire.push({ device, question: device.askToRead(1 + below(random, 4)) })],
      [0.88, () => deliverOne()],
      [0.91, () => device.crash()],
      [0.93, () => device.losePower()],
      [0.96, () => server.purge(random)],
      [0.985, () => otherProgramWrites()],
      [1, () => backUpOrRestore()],
    ];
    await steps.find(([end]) => kind < end)?.[1]();
  }

  async function backUpOrRestore(): Promise<void> {
    if (!backup || random() < 0.5) {
      backup = { facts: structuredClone(facts), restore: await server.backUp() };
    } else {
      await restoreBackup(backup);
    }
  }

  function act(device: Device): void {
    const change = device.act();
    if (change) {
      written.set(change.changeId, { change, device });
      figures.changes += 1;
    }
  }

  /** Of the messages under way any may be next, may be lost, and may come again. */
  async function deliverOne(isMeanwhile = false): Promise<void> {
    const index = below(random, wire.length);
    const message = wire[index];
    if (!message) {
      return;
    }
    if (random() > 0.07) {
      wire.splice(index, 1);
    }
    if (random() < 0.1) {
      return;
    }
    const { device, question, answer } = message;
    if (answer) {
      device.take(question, answer);
    } else {
      const given = await ask(question, isMeanwhile);
      wire.push({ device, question, answer: given });
    }
  }

  async function ask(question: Question, isMeanwhile = true): Promise<Answer> {
    figures.requests += 1;
    if (question.kind === "read") {
      const others = async () => {
        if (!isMeanwhile && random() < 0.5) {
          await deliverOne(true);
        }
      };
      return server.read(question, others);
    }
    const answer = await server.send(question);
    if (answer.kind !== "resync") {
      for (const { changeId, status } of answer.results) {
        note(changeId, status);
      }
    }
    return answer;
  }

  function note(changeId: string, status: string): void {
    const change = written.get(changeId)?.change;
    if (!change || facts.statuses.has(changeId)) {
      return;
    }
    facts.statuses.set(changeId, status);
    if (status !== "stored") {
      return;
    }
    const { id, set, base } = change;
    const before = facts.titles.get(id);
    demand(
      base?.title === undefined || before === base.title || before === set?.title,
      "a text is not written over unseen",
    );
    facts.titles.set(id, set?.title ?? before);
    facts.versions.set(id, (facts.versions.get(id) ?? 0) + 1);
    facts.made.set(changeId, facts.versions.get(id) ?? 0);
  }

  async function otherProgramWrites(): Promise<void> {
    for (const { id, title } of await server.makeTasks(random)) {
      facts.versions.set(id, 1);
      facts.titles.set(id, title);
    }
  }

  /** Connections end. Either the operator ends the epoch, or the devices ask before others write. */
  async function restoreBackup(kept: NonNullable<typeof backup>): Promise<void> {
    figures.restored += 1;
    for (const [changeId, status] of facts.statuses) {
      const isInLog = written
        .get(changeId)
        ?.device.log.some((change) => change.changeId === changeId && !change.isStored);
      if (status === "stored" && !kept.facts.statuses.has(changeId) && !isInLog) {
        undone.add(changeId);
      }
    }
    wire = [];
    facts = structuredClone(kept.facts);
    await kept.restore();
    if (random() < 0.5) {
      await server.endEpoch();
      return;
    }
    for (const device of devices) {
      await ask(device.askToRead(1));
      device.crash();
      await ask(device.askToRead(1));
    }
  }

  async function comeToRest(): Promise<void> {
    for (let round = 0; round < calmRoundsMax; round += 1) {
      let isAtRest = true;
      for (const device of devices) {
        for (const question of [device.askToSend(), device.askToRead(4)]) {
          device.take(question, await ask(question));
        }
        isAtRest &&= device.isUpToDate && device.log.length === 0 && !device.isReadingAgain;
      }
      if (isAtRest) {
        return;
      }
    }
    const left = devices.reduce((sum, { log }) => sum + log.length, 0);
    demand(false, `the devices come to rest: ${left} changes are left to send`);
  }

  /** A change leaves the log only when the rows hold it, or what was made of it since. */
  function demandNoFlicker({ changeId, id }: Change, row: Row | undefined): void {
    const version = facts.made.get(changeId);
    const isPurged = row === undefined && version !== facts.versions.get(id);
    demand(
      version === undefined || isPurged || (row?.version ?? -1) >= version || isGone(id),
      "a change leaves the log only when the rows hold it",
    );
  }

  /** Whether a task went to the trash, so that it may be purged by now. */
  function isGone(id: string): boolean {
    return [...written.values()].some(({ change }) => change.op === "delete" && change.id === id);
  }

  async function demandPromises(): Promise<void> {
    const stored = new Map((await server.rows()).map((row) => [row.id, row]));
    for (const { rows } of devices) {
      // What the server has purged, a device drops by itself when it is 30 days old.
      const held = new Map(rows.map((row) => [row.id, row]));
      const extra = rows.filter((row) => !stored.has(row.id) && row.deletedAt === null);
      const isSame = [...stored.values()].every(
        (row) => JSON.stringify(held.get(row.id)) === JSON.stringify(row),
      );
      demand(isSame && extra.length === 0, "every device holds what the server holds");
    }
    for (const { id, version, title } of stored.values()) {
      demand(version === facts.versions.get(id), "a change is applied once");
      demand(title === facts.titles.get(id), "a stored text is there");
    }
    for (const [changeId, { change, device }] of written) {
      demandKept(change, device, facts.statuses.get(changeId));
    }
    for (const id of facts.versions.keys()) {
      demand(stored.has(id) || isGone(id), "what was stored is there");
    }
  }

  function demandKept({ changeId }: Change, device: Device, status: string | undefined): void {
    const isKept = device.keeps(changeId);
    figures.kept += Number(isKept);
    demand(
      isKept || status === "stored" || undone.has(changeId) || device.lost.has(changeId),
      status === undefined ? "no change vanishes" : "a change that was not stored is shown",
    );
  }
}
