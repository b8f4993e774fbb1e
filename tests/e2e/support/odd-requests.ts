import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { requestLines } from "../../../lib/operations/request-lines";
import { siteMethods } from "../../../lib/operations/site-methods";
import { naughtyStrings } from "../../support/corpora/naughty-strings";
import {
  bodies,
  headerValues,
  methods,
  oddBodies,
  oddMethods,
  oddTexts,
  pathEnds,
  pathsOfNext,
  queries,
} from "./odd-values";

/** A request to be sent as it is. */
export type OddRequest = {
  method: string;
  target: string;
  headers: [name: string, value: string][];
  body: Buffer | undefined;
};

/** What a request can be sent to: a path, and the methods that it offers. */
export type Address = { path: string; methods: string[] };

type Parts = {
  address: Address;
  method: string;
  end: string;
  query: string;
  headers: [string, string][];
  body: Buffer;
};

/** Every address of the built app: its pages and images, its files, the API, and what is Next's own. */
export function addresses(): Address[] {
  const reading = (path: string) => ({ path, methods: ["GET", "HEAD"] });
  const pages = [...read("lib/server/route-pattern.ts").matchAll(/^ {2}"(\/[^"]*)",$/gm)];
  const files = readdirSync(".next/static", { recursive: true, encoding: "utf8" });
  return [
    ...pages.map(([, path = ""]) => reading(path)),
    ...files.filter((file) => file.includes(".")).map((file) => reading(`/_next/static/${file}`)),
    ...pathsOfNext.map(reading),
    ...apiAddresses(),
    { path: "/api", methods },
    { path: "/api/nothing", methods },
  ];
}

function apiAddresses(): Address[] {
  const lines: { path: string; method: string }[] = [
    ...Object.values(requestLines),
    ...Object.entries(siteMethods).map(([path, method]) => ({ path, method })),
  ];
  return [...new Set(lines.map(({ path }) => path))].map((path) => {
    const declared = lines.filter((line) => line.path === path).map(({ method }) => method);
    return {
      path,
      methods: [...declared, ...(declared.includes("GET") ? ["HEAD"] : []), "OPTIONS"],
    };
  });
}

/**
 * So many requests to the addresses, each odd in some way. The same seed makes the same ones.
 *
 * @param known what stands in braces in a path or a value, such as `{token}`
 */
export function oddRequests(
  to: Address[],
  known: Record<string, string>,
  { seed, count }: { seed: number; count: number },
): OddRequest[] {
  const fill = (text: string) =>
    text.replaceAll(/\{(\w+)\}/g, (hole, name: string) => known[name] ?? hole);
  return fc
    .sample(partsOf(to), { seed, numRuns: count })
    .map(({ address, method, end, query, headers, body }) => ({
      method,
      target: fill(address.path + end) + query,
      headers: headersOf(headers, method, body).map(([name, value]) => [name, fill(value)]),
      body: takesBody(method) ? body : undefined,
    }));
}

function partsOf(to: Address[]): fc.Arbitrary<Parts> {
  // Each kind of address has its share, however many there are of it.
  const address = fc.oneof(
    ...shares.map(([kind, weight]) => ({
      arbitrary: fc.constantFrom(...to.filter((one) => kindOf(one) === kind)),
      weight,
    })),
  );
  return address.chain((one) =>
    fc.record({
      address: fc.constant(one),
      method: often(fc.constantFrom(...one.methods), fc.constantFrom(...methods, ...oddMethods)),
      end: often(fc.constant(""), fc.constantFrom(...pathEnds)),
      query: often(fc.constant(""), fc.constantFrom(...queries)),
      headers,
      body: bodyFor(one.path),
    }),
  );
}

type Kind = "page" | "file" | "internal" | "tasks" | "auth" | "service";

// Pages cost most, and the API has most to say.
const shares: [kind: Kind, percent: number][] = [
  ["page", 8],
  ["file", 15],
  ["internal", 10],
  ["tasks", 32],
  ["auth", 30],
  ["service", 5],
];

function kindOf({ path }: Address): Kind {
  if (path.startsWith("/api/auth/")) {
    return "auth";
  }
  if (path.startsWith("/api")) {
    return path.startsWith("/api/tasks") ? "tasks" : "service";
  }
  if (pathsOfNext.includes(path)) {
    return "internal";
  }
  return /\.\w+$/.test(path) ? "file" : "page";
}

function often<Value>(
  usual: fc.Arbitrary<Value>,
  unusual: fc.Arbitrary<Value>,
): fc.Arbitrary<Value> {
  return fc.oneof({ arbitrary: usual, weight: 3 }, { arbitrary: unusual, weight: 1 });
}

const oddText = fc.oneof(
  fc.constantFrom(...oddTexts),
  fc.constantFrom(...naughtyStrings),
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.constant("a".repeat(5_000)),
);

// What Node's client sends of a header: Latin-1 without controls.
const oddHeaderText = oddText.map((text) =>
  Buffer.from(text)
    .toString("latin1")
    .replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, ""),
);

const header = fc
  .constantFrom(...Object.entries(headerValues))
  .chain(([name, values]) =>
    fc.tuple(fc.constant(name), often(fc.constantFrom(...values), oddHeaderText)),
  );

/** A page of Next asked for by its own client: what its headers say belongs together. */
const routerHeaders = fc
  .record({
    state: fc.option(fc.constantFrom(...(headerValues["Next-Router-State-Tree"] ?? []))),
    prefetch: fc.option(fc.constantFrom(...(headerValues["Next-Router-Prefetch"] ?? []))),
    segment: fc.option(fc.constantFrom(...(headerValues["Next-Router-Segment-Prefetch"] ?? []))),
    url: fc.option(fc.constantFrom(...(headerValues["Next-Url"] ?? []))),
  })
  .map(({ state, prefetch, segment, url }) => {
    const headers: [string, string | null][] = [
      ["RSC", "1"],
      ["Next-Router-State-Tree", state],
      ["Next-Router-Prefetch", prefetch],
      ["Next-Router-Segment-Prefetch", segment],
      ["Next-Url", url],
    ];
    return headers.flatMap(([name, value]): [string, string][] => (value ? [[name, value]] : []));
  });

const signedIn: [string, string][] = [
  ["Cookie", "{cookie}"],
  ["Authorization", "Bearer {token}"],
  ["X-Api-Key", "{apiKey}"],
];

const headers = fc
  .tuple(
    fc.subarray(signedIn),
    fc.oneof({ arbitrary: fc.constant([]), weight: 4 }, { arbitrary: routerHeaders, weight: 1 }),
    fc.array(header, { maxLength: 5 }),
  )
  .map((lists): [string, string][] => lists.flat());

const oddValue = fc.oneof(
  oddText,
  fc.constantFrom(null, true, -1, 0.5, 1e308, 2 ** 53, [], {}, [[]], ["tasks:read"]),
  fc.constantFrom(
    "2026-02-30",
    "0000-00-00",
    "robin@example.com",
    "00000000-0000-7000-8000-000000000000",
  ),
  fc.jsonValue({ maxDepth: 2 }),
);

/** A body that the route could take, whole or with members of it spoilt, left out or added. */
function bodyFor(path: string): fc.Arbitrary<Buffer> {
  const other = fc.constantFrom(...Object.values(bodies));
  const base = bodies[path] ? often(fc.constant(bodies[path]), other) : other;
  const spoilt = base.chain((members) => {
    const names = [...Object.keys(members), "id", "__proto__", "x"];
    const changes = fc.array(
      fc.tuple(fc.constantFrom(...names), often(oddValue, fc.constant(undefined))),
      {
        maxLength: 2,
      },
    );
    return changes.map((list) => ({ ...members, ...Object.fromEntries(list) }));
  });
  return fc.oneof(
    { arbitrary: spoilt.map((members) => Buffer.from(JSON.stringify(members))), weight: 4 },
    { arbitrary: fc.constantFrom(...oddBodies), weight: 1 },
  );
}

/** The headers as they are sent: one host and a length of the body, where none is odd. */
function headersOf(odd: [string, string][], method: string, body: Buffer): [string, string][] {
  const has = (name: string) => odd.some(([other]) => other.toLowerCase() === name);
  const own: [string, string][] = [
    ["Host", "{host}"],
    ["Content-Type", "application/json"],
  ];
  const length: [string, string][] = takesBody(method)
    ? [["Content-Length", `${body.length}`]]
    : [];
  return [...own.filter(([name]) => !has(name.toLowerCase())), ...length, ...odd];
}

function takesBody(method: string): boolean {
  return !["GET", "HEAD", "OPTIONS", "TRACE"].includes(method);
}

function read(file: string): string {
  return readFileSync(join(process.cwd(), file), "utf8");
}
