import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { z } from "zod";

const lockFile = z.object({
  packages: z.record(z.string(), z.object({ integrity: z.string().optional() })),
});

it("every package that may be installed has a checksum, whatever the platform", () => {
  const { packages } = lockFile.parse(JSON.parse(readFileSync("package-lock.json", "utf8")));
  const { "": project, ...dependencies } = packages;
  expect(project).toBeDefined();
  const withoutChecksum = Object.entries(dependencies)
    .filter(([, { integrity }]) => !integrity?.startsWith("sha512-"))
    .map(([path]) => path);
  expect(withoutChecksum).toEqual([]);
});
