import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("..", import.meta.url));
// Where the run's report goes as JSON, besides the terminal.
const report = process.env.TEST_REPORT;
const hasServer = Boolean(process.env.TEST_DATABASE_URL);
const setup = (name: string) => `${root}tests/setup/${name}.ts`;

export default defineConfig({
  root,
  resolve: {
    alias: [
      { find: /^server-only$/, replacement: setup("server-only") },
      { find: /^@\//, replacement: root },
    ],
  },
  test: {
    // A missing snapshot fails: only `npm run contract` writes one.
    update: "none",
    reporters: [
      "default",
      setup("vitest-proofs"),
      ...(report ? [["json", { outputFile: report }] satisfies ["json", object]] : []),
    ],
    // One more than the cores of a small machine: some tests wait for long.
    maxWorkers: 3,
    isolate: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    env: {
      BETTER_AUTH_URL: "http://localhost:3000",
      BETTER_AUTH_SECRET: "a secret that only the tests know",
      LOG_LEVEL: "silent",
      RATE_LIMIT_PER_MINUTE: "0",
    },
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          sequence: { groupOrder: 2, setupFiles: "list" },
          include: ["tests/unit/**/*.test.ts"],
          globalSetup: [setup("generated-client")],
          setupFiles: [setup("fresh-start"), setup("cheap-scrypt"), setup("console")],
        },
      },
      {
        extends: true,
        test: {
          name: "api",
          sequence: { groupOrder: 1, setupFiles: "list" },
          include: ["tests/api/**/*.test.ts"],
          // What only several connections can show; the embedded database has one. On a server the
          // tables are as prisma/distribute.sql leaves them, without triggers for other programs.
          exclude: [`tests/api/**/*.${hasServer ? "embedded" : "server"}.test.ts`],
          globalSetup: [setup("generated-client"), setup("database-template")],
          setupFiles: [
            setup("fresh-start"),
            setup("cheap-scrypt"),
            setup("console"),
            setup("database"),
          ],
        },
      },
      {
        extends: true,
        test: {
          name: "ui",
          sequence: { groupOrder: 3, setupFiles: "list" },
          environment: "happy-dom",
          include: ["tests/ui/**/*.test.{ts,tsx}"],
          globalSetup: [setup("generated-client"), setup("database-template")],
          setupFiles: [setup("fresh-start"), setup("cheap-scrypt"), setup("console"), setup("ui")],
        },
      },
    ],
  },
});
