import { beforeAll, expect, it, vi } from "vitest";
import { openApiDocument } from "@/lib/openapi/openapi-document";
import { operationsOf } from "@/tests/support/document/attempts";
import { documentRunner, type Runner } from "@/tests/support/document/runner";

// What a request waits for is tests/api/sync-held.test.ts's.
vi.hoisted(() => vi.stubEnv("SYNC_WAIT_SECONDS", "0"));

const seed = Number(process.env.TEST_SEED ?? Date.now());

let disagreementsWith: Runner;

beforeAll(async () => {
  disagreementsWith = await documentRunner(seed);
});

// A run is repeated with the seed that it printed: TEST_SEED=… npx vitest …
process.stdout.write(`The requests made of the document have the seed ${seed}.\n`);

it.each(operationsOf(openApiDocument()))(
  "the app does what the document says of $method $path, and no more",
  async (operation) => {
    const found: string[] = [];
    for await (const disagreement of disagreementsWith(openApiDocument(), operation)) {
      found.push(disagreement);
    }
    expect(found).toEqual([]);
  },
);
