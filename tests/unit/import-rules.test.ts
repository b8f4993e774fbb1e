import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const broken: [folder: string, module: string][] = [
  ["app/api/tasks", "@/lib/db/client"],
  ["app/api/tasks", "@/lib/db/generated/client"],
  ["app/api/tasks", "@/lib/client/api"],
  ["app/api/tasks", "@/app/_ui/button"],
  ["app/tasks", "@/lib/db/client"],
  ["app/tasks", "@/lib/http/read-json"],
  ["app/tasks", "@/lib/sync/door"],
  ["app/tasks", "@/lib/mail/send-mail"],
  ["app/settings", "@/lib/auth/server"],
  ["app/settings", "better-auth"],
  ["app/_account", "@/app/settings/setting-row"],
  ["app/_account", "@/lib/auth/server"],
  ["app/_reader", "@/app/tasks/_workspace/task-outbox"],
  ["app/_ui", "@/lib/client/api"],
  ["app/_ui", "@/app/tasks/_workspace/task-outbox"],
  ["lib", "@/lib/http/route"],
  ["lib", "@/lib/tasks/get-task"],
  ["lib/openapi", "@/lib/db/client"],
  ["lib/operations", "@/lib/tasks/get-task"],
  ["lib/operations", "@/lib/tasks/fields"],
  ["lib/operations", "@/lib/http/route"],
  ["lib/operations", "@/lib/db/client"],
  ["lib/operations", "@/lib/env"],
  ["lib/operations", "next/headers"],
  ["lib/server", "@/lib/tasks/get-task"],
  ["lib/server", "@/lib/account/sessions"],
  ["lib/http", "@/lib/tasks/get-task"],
  ["lib/http", "../tasks/get-task"],
  ["lib/http", "@/lib/db/client"],
  ["lib/http", "@/lib/mail/send-mail"],
  ["lib/tasks", "next/headers"],
  ["lib/tasks", "@/lib/http/read-json"],
  ["lib/tasks", "@/lib/auth/server"],
  ["lib/tasks", "@/lib/mail/send-mail"],
  ["lib/tasks", "@prisma/client"],
  ["lib/sync", "@/lib/tasks/get-task"],
  ["lib/sync", "@/lib/http/route"],
  ["lib/sync", "@/lib/auth/server"],
  ["lib/planning", "@/lib/operations/tasks/schemas"],
  ["lib/planning", "@/lib/errors"],
  ["lib/planning", "@/app/tasks/_workspace/task-outbox"],
  ["lib/planning", "server-only"],
  ["lib/planning", "react"],
  ["lib/planning", "node:crypto"],
  ["lib/planning", "../tasks/schemas"],
  ["lib/account", "@/lib/tasks/get-task"],
  ["lib/account", "@/lib/http/read-json"],
  ["lib/account", "@/lib/server/prepare"],
  ["lib/auth", "@/lib/tasks/get-task"],
  ["lib/auth", "@/lib/account/sessions"],
  ["lib/auth", "@/lib/mail/send-mail"],
  ["lib/mail", "@/lib/db/client"],
  ["lib/db", "@/lib/auth/server"],
  ["lib/db", "@/lib/server/prepare"],
  ["lib/client", "@/lib/env"],
  ["lib/client", "@/lib/db/secret"],
  ["lib/client", "zod"],
  ["lib/client", "zod/mini"],
  ["lib/client", "@/lib/server/prepare"],
];

const kept: [folder: string, module: string][] = [
  ["app/api/health/ready", "@/lib/db/health"],
  ["app/api/tasks", "@/lib/tasks/get-task"],
  ["app/tasks", "@/lib/tasks/list-tasks"],
  ["app/tasks", "@/lib/sync/feed"],
  ["app/settings", "@/lib/account/sessions"],
  ["app/settings", "@/lib/auth/session"],
  ["app/_account", "@/app/_ui/button"],
  ["app/_ui", "@/app/_ui/button"],
  ["lib", "@/lib/errors"],
  ["lib/server", "@/lib/db/client"],
  ["app/api/tasks", "@/lib/operations/tasks/task-operations"],
  ["lib/operations", "@/lib/planning/text"],
  ["lib/operations", "@/lib/errors"],
  ["lib/operations", "zod"],
  ["lib/http", "@/lib/operations/operation"],
  ["lib/tasks", "@/lib/db/client"],
  ["lib/tasks", "@/lib/sync/with-idempotency-key"],
  ["lib/sync", "@/lib/db/client"],
  ["lib/http/auth", "@/lib/account/sessions"],
  ["lib/account", "@/lib/auth/password-hash"],
  ["lib/account", "@/lib/mail/send-mail"],
  ["lib/client", "@/lib/operations/tasks/schemas"],
  ["lib/client", "@/lib/planning/text"],
  ["lib/planning", "@/lib/planning/text"],
  ["lib/planning", "zod"],
  ["lib/tasks", "@/lib/planning/text"],
  ["lib/http", "@/lib/planning/text"],
  ["app/tasks", "@/lib/planning/text"],
  ["app/_account", "@/lib/planning/text"],
  ["lib/client", "@/lib/tasks/fields"],
];

describe("the import rules", () => {
  const offences = lint([...broken, ...kept]);

  it.each(broken)("%s may not import %s", (folder, module) => {
    expect(offences(folder, module)).toBe(true);
  });

  it.each(kept)("%s may import %s", (folder, module) => {
    expect(offences(folder, module)).toBe(false);
  });
});

/** Lints a folder that holds one file per import under the project's own rules. */
function lint(imports: [folder: string, module: string][]) {
  const root = mkdtempSync(join(tmpdir(), "import-rules-"));
  for (const file of ["biome.json", "tests/setup/no-conditional-tests.grit"]) {
    cpSync(file, join(root, file));
  }
  for (const [folder, module] of imports) {
    const file = join(root, fileFor(folder, module));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `import "${module}";\n`);
  }
  const { stdout } = spawnSync(
    resolve("node_modules/.bin/biome"),
    ["lint", "--vcs-enabled=false", "--reporter=json", "--max-diagnostics=none", "."],
    { cwd: root, encoding: "utf8" },
  );
  rmSync(root, { recursive: true });
  const { diagnostics }: { diagnostics: { category: string; location: { path: unknown } }[] } =
    JSON.parse(stdout);
  const paths = diagnostics
    .filter(({ category }) => category === "lint/style/noRestrictedImports")
    .map(({ location }) => JSON.stringify(location.path));
  return (folder: string, module: string) =>
    paths.some((path) => path.includes(fileFor(folder, module)));
}

function fileFor(folder: string, module: string): string {
  return `${folder}/imports-${module.replaceAll(/\W/g, "-")}.ts`;
}
