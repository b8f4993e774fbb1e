import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import { takeLock } from "@/lib/db/lock.mjs";

let folder = "";
let contenders: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lock-"));
});

afterEach(async () => {
  await Promise.all(contenders.map(kill));
  contenders = [];
  rmSync(folder, { recursive: true });
});

it("a lock has one holder, and is free again once it is released", async () => {
  const path = join(folder, "lock");
  const release = await takeLock(path);
  expect(release).not.toBeNull();
  expect(await takeLock(path)).toBeNull();

  await release?.();
  expect(readdirSync(folder)).toEqual([]);
  const again = await takeLock(path);
  expect(again).not.toBeNull();
  await again?.();
});

it("of many processes that want it at once, exactly one gets it, again and again after each was killed", async () => {
  for (let round = 0; round < 3; round += 1) {
    contenders = Array.from({ length: 6 }, () => contend());
    const answers = await Promise.all(contenders.map(answerOf));
    expect(answers.toSorted()).toEqual(["held", "no", "no", "no", "no", "no"]);
    await Promise.all(contenders.map(kill));
  }
});

it("a holder that is frozen still holds", async () => {
  const holder = contend();
  contenders = [holder];
  expect(await answerOf(holder)).toBe("held");
  holder.kill("SIGSTOP");
  expect(await takeLock(join(folder, "lock"))).toBeNull();
});

it("a path too long for a socket is refused with the way out", async () => {
  await expect(takeLock(join(folder, "x".repeat(100), "lock"))).rejects.toThrow("PGLITE_DIR");
});

/** A process that takes the lock, says whether it got it, and stays. */
function contend(): ChildProcess {
  const lockModule = pathToFileURL("lib/db/lock.mjs").href;
  const program = `
    const { takeLock } = await import(${JSON.stringify(lockModule)});
    const release = await takeLock(${JSON.stringify(join(folder, "lock"))});
    console.log(release ? "held" : "no");
    setInterval(() => {}, 1000);`;
  return spawn(process.execPath, ["--input-type=module", "--eval", program]);
}

function answerOf(contender: ChildProcess): Promise<string> {
  return new Promise((done) => contender.stdout?.once("data", (data) => done(String(data).trim())));
}

function kill(contender: ChildProcess): Promise<void> {
  return new Promise((done) => {
    if (contender.exitCode !== null || contender.signalCode !== null) {
      done();
    }
    contender.once("exit", () => done());
    contender.kill("SIGKILL");
  });
}
