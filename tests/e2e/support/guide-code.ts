import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";

export type Run = { output: () => string; exit: Promise<number | null> };

type Settings = { cwd: string; env?: Record<string, string>; input?: string };

/** The code of one box of a guide, as somebody copies it. */
export async function codeOf(page: Page, label: string): Promise<string> {
  return (await page.getByRole("group", { name: label, exact: true }).textContent()) ?? "";
}

/** The code of every box in one part of a guide, in its order. */
export function codesIn(page: Page, section: string): Promise<string[]> {
  return page
    .getByRole("region", { name: section, exact: true })
    .getByRole("group")
    .allTextContents();
}

/** Writes the box under a file's name into a folder, as the guide asks. */
export async function saveCode(page: Page, name: string, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), await codeOf(page, name));
}

/**
 * Starts commands in bash, which stops at the first that fails. It reads no start-up file, as it would
 * where its input is a socket and no shell is around it.
 */
export function startCommands(commands: string, { cwd, env, input = "" }: Settings): Run {
  mkdirSync(cwd, { recursive: true });
  const child = spawn("bash", ["--norc", "-euo", "pipefail", "-c", commands], {
    cwd,
    env: { ...process.env, FORCE_COLOR: "0", PYTHONUNBUFFERED: "1", ...env },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output += chunk;
    });
  }
  // Commands that read no input may have closed it, or have ended, before it is written: their exit
  // code and output tell what became of them.
  child.stdin.on("error", ignoreClosedInput);
  child.stdin.end(input);
  return {
    output: () => output,
    exit: new Promise((done) => child.once("close", (code) => done(code))),
  };
}

function ignoreClosedInput(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") {
    throw error;
  }
}

/**
 * Runs commands to their end.
 *
 * @throws Error with all they wrote, when one fails
 */
export async function runCommands(commands: string, settings: Settings): Promise<string> {
  const { output, exit } = startCommands(commands, settings);
  const code = await exit;
  if (code !== 0) {
    throw new Error(`The commands ended with ${code}:\n${commands}\n${output()}`);
  }
  return output();
}
