import { describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { database } from "@/lib/db/client";
import { problemIn } from "@/tests/support/bodies";
import { feedIn, readFeed } from "@/tests/support/sync";
import { type TaskOwner, taskOwner } from "@/tests/support/task-owner";

vi.hoisted(() => vi.stubEnv("RATE_LIMIT_PER_MINUTE", "1000"));

type Sent = Record<string, unknown>;

function change(n: number, members: Sent = {}) {
  return {
    n,
    changeId: crypto.randomUUID(),
    op: "create",
    kind: "task",
    id: crypto.randomUUID(),
    set: { title: `Change ${n}` },
    ...members,
  };
}

function send(owner: TaskOwner, device: string, changes: Sent[], members: Sent = {}) {
  return owner.send("POST", "/api/sync", {
    body: { device, cursor: null, confirmed: 0, changes, ...members },
  });
}

describe("POST /api/sync", () => {
  it("applies a device's changes and answers with their results and the feed", async () => {
    const [owner, device] = [await taskOwner(), crypto.randomUUID()];
    const changes = [change(1), change(2, { op: "update" })];
    const answer = feedIn(await send(owner, device, changes));
    expect(answer).toMatchObject({
      schema: 1,
      last: 2,
      more: false,
      results: [
        { n: 1, changeId: changes[0]?.changeId, status: "stored", seq: 2 },
        { n: 2, changeId: changes[1]?.changeId, status: "refused", problem: { code: "not_found" } },
      ],
      rows: [{ id: changes[0]?.id, kind: "task" }],
    });
    const next = feedIn(await send(owner, device, [change(3)], { cursor: answer.cursor }));
    expect(next.rows.map(({ title }) => title)).toEqual(["Change 3"]);
  });

  it("applies nothing twice, and gives the first result again", async () => {
    const [owner, device] = [await taskOwner(), crypto.randomUUID()];
    const changes = [change(1), change(2, { op: "delete" })];
    const first = feedIn(await send(owner, device, changes));
    await owner.send("PATCH", `/api/tasks/${changes[0]?.id}`, { body: { title: "Since" } });
    const again = feedIn(await send(owner, device, [...changes, change(3)]));
    const withoutId = ({ results = [] }: typeof first) =>
      JSON.parse(JSON.stringify(results).replaceAll(/"requestId":"[^"]+"/g, '"requestId":""'));
    expect(withoutId(again).slice(0, 2)).toEqual(withoutId(first));
    expect(again.last).toBe(3);
    expect((await owner.listAll()).map(({ title }) => title).sort()).toEqual(["Change 3", "Since"]);
  });

  it("tells a conflict with the resource as it stands", async () => {
    const [owner, device] = [await taskOwner(), crypto.randomUUID()];
    const { id } = await owner.make({ title: "Theirs" });
    const mine = change(1, { op: "update", id, set: { title: "Mine" }, base: { title: "Before" } });
    const { results } = feedIn(await send(owner, device, [mine]));
    expect(results).toMatchObject([{ n: 1, status: "conflict", current: { id, title: "Theirs" } }]);
  });

  it("keeps results until they are confirmed, and the last 64 longer", async () => {
    const [owner, device] = [await taskOwner(), crypto.randomUUID()];
    const changes = Array.from({ length: 100 }, (_, index) => change(index + 1, { op: "delete" }));
    await send(owner, device, changes);
    const kept = async () => (await readFeed(owner, { device, from: "1" })).results ?? [];
    expect((await kept()).length).toBe(100);
    await send(owner, device, [], { confirmed: 100 });
    expect((await kept()).map(({ n }) => n)).toEqual(Array.from({ length: 64 }, (_, i) => i + 37));
    const { results } = feedIn(await send(owner, device, changes.slice(0, 1)));
    expect(results).toEqual([{ n: 1, changeId: changes[0]?.changeId, status: "stored" }]);
  });

  const refusal = z.looseObject({
    code: z.string(),
    last: z.int(),
    results: z.array(z.looseObject({ n: z.int() })),
  });

  it.each<[string, string, (sent: ReturnType<typeof change>[]) => Sent[]]>([
    ["another change under a number", "device_forked", () => [change(2)]],
    [
      "an id under another number",
      "device_forked",
      ([, second]) => [{ ...change(3), changeId: second?.changeId }],
    ],
    ["a gap", "device_gap", () => [change(4)]],
    ["a gap among the changes", "device_gap", () => [change(3), change(5)]],
  ])("refuses %s with what is kept, and applies nothing", async (_what, code, next) => {
    const [owner, device] = [await taskOwner(), crypto.randomUUID()];
    const sent = [change(1), change(2)];
    await send(owner, device, sent);
    const answer = await send(owner, device, next(sent));
    expect(answer.status).toBe(409);
    const problem = refusal.parse(answer.body);
    expect(problem).toMatchObject({ code, last: 2, results: [{ n: 1 }, { n: 2 }] });
    expect((await owner.listAll()).length).toBe(2);
  });

  it("applies nothing where the cursor cannot be continued", async () => {
    const [owner, device] = [await taskOwner(), crypto.randomUUID()];
    await owner.make();
    const { cursor } = await readFeed(owner);
    await database().syncState.update({ where: { userId: owner.id }, data: { head: 1n } });
    const gone = await send(owner, device, [change(1)], { cursor });
    expect([gone.status, problemIn(gone).code]).toEqual([410, "resync_required"]);
    const altered = await send(owner, device, [change(1)], { cursor: `${cursor}x` });
    expect([altered.status, problemIn(altered).code]).toEqual([400, "invalid_cursor"]);
    expect(await database().syncDevice.count({ where: { userId: owner.id } })).toBe(0);
    expect((await owner.listAll()).length).toBe(1);
  });

  it("knows a device for its owner alone", async () => {
    const [owner, other, device] = [await taskOwner(), await taskOwner(), crypto.randomUUID()];
    await send(owner, device, [change(1)]);
    expect(await readFeed(other, { device, from: "1" })).toMatchObject({
      last: 0,
      results: [],
      rows: [],
    });
    expect(feedIn(await send(other, device, [change(1)]))).toMatchObject({ last: 1 });
  });

  it("counts as a request for every ten changes, and as one at least", async () => {
    const [owner, device] = [await taskOwner(), crypto.randomUUID()];
    const some = await send(
      owner,
      device,
      Array.from({ length: 11 }, (_, index) => change(index + 1)),
    );
    expect(some.headers.get("ratelimit")).toMatch(/;r=998;/);
    const none = await send(owner, device, []);
    expect(none.headers.get("ratelimit")).toMatch(/;r=997;/);
  });
});
