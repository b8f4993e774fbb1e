import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

/** Generates the Prisma client where a fresh checkout does not have it yet. */
export default function generateClient(): void {
  if (existsSync("lib/db/generated/client.ts")) {
    return;
  }
  const { status } = spawnSync(process.execPath, ["prisma/generate.mjs"], { stdio: "inherit" });
  if (status !== 0) {
    throw new Error("The Prisma client could not be generated.");
  }
}
