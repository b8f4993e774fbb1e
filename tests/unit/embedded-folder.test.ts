import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const isRoot = process.getuid?.() === 0;
const nobody = 65_534;

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "evo-embedded-"));
  chmodSync(folder, 0o755);
});

afterEach(() => {
  spawnSync("chmod", ["-R", "u+rwX", folder]);
  rmSync(folder, { recursive: true });
});

describe("a folder of the embedded database that another user owns is refused with the way out", () => {
  it("when nothing may be made in it", () => {
    chmodSync(folder, isRoot ? 0o755 : 0o555);
    expectRefused();
  });

  it("when the data in it may not be read", () => {
    const data = join(folder, "postgres");
    mkdirSync(join(data, "base"), { recursive: true });
    writeFileSync(join(data, "PG_VERSION"), "18\n");
    if (isRoot) {
      chownSync(folder, nobody, nobody);
      chmodSync(data, 0o700);
    } else {
      chmodSync(data, 0);
    }
    expectRefused();
  });

  it("when a part of the data may not be written", () => {
    const data = join(folder, "postgres");
    mkdirSync(join(data, "base"), { recursive: true });
    writeFileSync(join(data, "PG_VERSION"), "18\n");
    for (const path of isRoot ? [folder, data] : []) {
      chownSync(path, nobody, nobody);
    }
    chmodSync(join(data, "base"), 0o555);
    expectRefused();
  });
});

/** Opens the folder in a process that is not root, which may do everything. */
function expectRefused(): void {
  const module = pathToFileURL("lib/db/embedded.mjs").href;
  const program = `
    const { openEmbedded } = await import(${JSON.stringify(module)});
    await openEmbedded(${JSON.stringify(folder)}).catch((error) => console.log(error.message));`;
  const { stdout } = spawnSync(process.execPath, ["--input-type=module", "--eval", program], {
    encoding: "utf8",
    ...(isRoot && { uid: nobody, gid: nobody }),
  });
  const user = isRoot ? nobody : process.getuid?.();
  expect(stdout).toContain(`The embedded database in ${folder} belongs to another user`);
  expect(stdout).toContain(`chown -R ${user}`);
  expect(stdout).toContain("PGLITE_DIR");
}
