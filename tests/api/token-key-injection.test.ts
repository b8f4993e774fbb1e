import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair } from "jose";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { database } from "@/lib/db/client";
import { forge } from "@/tests/support/forgery";
import { expectGood, expectInvalid as expectRefusal } from "@/tests/support/token-answer";
import { claimsFor, publishKey } from "@/tests/support/tokens";
import { createUser, randomText, type SignedIn } from "@/tests/support/users";

type Key = Awaited<ReturnType<typeof publishKey>>;

/** A server that serves the attacker's keys to every caller, and counts the calls. */
const trap = createServer((_request, response) => response.end(JSON.stringify({ keys: [theirs] })));

let visits = 0;
let trapUrl: string;
let user: SignedIn;
let key: Key;
let attacker: Key;
let ours: object;
let theirs: object;

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  user = await createUser();
  key = await publishKey();
  const pair = await generateKeyPair("EdDSA", { crv: "Ed25519", extractable: true });
  attacker = { id: randomText(), privateKey: pair.privateKey };
  theirs = { ...(await exportJWK(pair.publicKey)), kid: attacker.id };
  const stored = await database().jwks.findUniqueOrThrow({ where: { id: key.id } });
  ours = JSON.parse(stored.publicKey);
  trap.on("connection", () => {
    visits += 1;
  });
  await new Promise<void>((resolve) => trap.listen(0, "127.0.0.1", resolve));
  trapUrl = `http://127.0.0.1:${portOf(trap.address())}`;
  await expectGood(await forge(key, { payload: claimsFor(user) }), user);
});

afterAll(() => {
  vi.useRealTimers();
  trap.closeAllConnections();
  return new Promise((resolve) => trap.close(resolve));
});

describe("a key in the header, or an address of one, is refused and never fetched", () => {
  const places: [string, () => object][] = [
    ["jwk of the attacker", () => ({ jwk: theirs })],
    ["jwk of ours", () => ({ jwk: ours })],
    ["jwk null", () => ({ jwk: null })],
    ["jku", () => ({ jku: `${trapUrl}/keys` })],
    ["jku of this site", () => ({ jku: "http://localhost:3000/api/auth/jwks" })],
    [
      "jku with the trap as user part",
      () => ({ jku: `http://localhost:3000@${trapUrl.slice(7)}/` }),
    ],
    ["jku as a file", () => ({ jku: "file:///etc/passwd" })],
    ["x5u", () => ({ x5u: `${trapUrl}/certificate` })],
    ["x5c", () => ({ x5c: ["MIIBszCCAWWgAwIBAgIUQg=="] })],
    ["x5c, empty", () => ({ x5c: [] })],
    ["x5t", () => ({ x5t: "AAAA", "x5t#S256": "AAAA" })],
    ["iss in the header", () => ({ iss: trapUrl })],
    ["kid with an address", () => ({ kid: `${trapUrl}/key` })],
    ["all of them", () => ({ jwk: theirs, jku: trapUrl, x5u: trapUrl, x5c: ["MIIB"] })],
  ];

  it.each(places)("%s", async (_name, members) => {
    const payload = claimsFor(user);
    const withTheirId = { ...members(), kid: attacker.id };
    await expectInvalid(await forge(key, { header: members(), payload }));
    await expectInvalid(await forge({ ...attacker, id: key.id }, { header: members(), payload }));
    await expectInvalid(await forge(attacker, { header: withTheirId, payload }));
    await expectInvalid(
      await forge(attacker, { header: { ...withTheirId, kid: undefined }, payload }),
    );
    expect(visits).toBe(0);
  });

  it("and the trap would have noticed", async () => {
    expect(await (await fetch(trapUrl)).json()).toEqual({ keys: [theirs] });
    expect(visits).toBe(1);
  });
});

const kids: [string, () => unknown][] = [
  ["100 KB", () => "k".repeat(100_000)],
  ["100 KB that begin with the right one", () => key.id.padEnd(100_000, "k")],
  ["a list", () => [key.id]],
  ["an empty list", () => []],
  ["an object", () => ({ id: key.id })],
  ["a Prisma operator", () => ({ contains: "" })],
  ["a number", () => 1],
  ["true", () => true],
  ["null", () => null],
  ["upper case", () => key.id.toUpperCase()],
  ["the right one and a space", () => `${key.id} `],
  ["a space and the right one", () => ` ${key.id}`],
  ["the right one and a newline", () => `${key.id}\n`],
  ["the right one and NUL", () => `${key.id}\0`],
  ["the beginning of the right one", () => key.id.slice(0, -1)],
  ["a wildcard", () => "%"],
  ["wildcards of its length", () => "_".repeat(32)],
  ["__proto__", () => "__proto__"],
  ["constructor", () => "constructor"],
  ["a path", () => "../../../../dev/null"],
  ["a path in percent", () => "..%2f..%2fdev%2fnull"],
  ["a path of Windows", () => "..\\..\\nul"],
  ["SQL", () => `${key.id}' UNION SELECT '{}`],
  ["a comment of SQL", () => `${key.id}'--`],
  ["a command", () => `${key.id}|id`],
  ["wide letters", () => "\uff41".repeat(32)],
];

it.each(kids)("a token with %s as kid is invalid, however it is signed", async (_name, kid) => {
  const token = { header: { kid: kid() }, payload: claimsFor(user) };
  await expectInvalid(await forge(key, token), "signed with our key");
  await expectInvalid(await forge(attacker, token), "signed with another");
});

const extensions: [string, object][] = [
  ["crit, empty", { crit: [] }],
  ["crit null", { crit: null }],
  ["crit with a name we know", { crit: ["alg"] }],
  ["crit with a name nobody knows", { crit: ["x"], x: 1 }],
  ["b64 true", { b64: true }],
  ["b64 true and critical", { b64: true, crit: ["b64"] }],
  ["zip", { zip: "DEF" }],
  ["enc", { enc: "A256GCM" }],
  ["p2c of a thousand million", { p2c: 1_000_000_000, p2s: "AAAA" }],
  ["epk", { epk: { kty: "OKP", crv: "X25519", x: "A".repeat(43) } }],
  ["nonce and url", { nonce: "A", url: "http://localhost:3000/api/tasks" }],
  ["ppt", { ppt: "shaken" }],
  ["claims in the header", { sub: "somebody", exp: 9_999_999_999 }],
  ["a name of ours in capitals", { ALG: "none" }],
  ["__proto__ by another name", { constructor: { prototype: {} } }],
  ["an empty name", { "": "" }],
  ["typ of an access token", { typ: "at+jwt" }],
  ["typ of a logout token", { typ: "logout+jwt" }],
  ["typ of a secevent", { typ: "secevent+jwt" }],
  ["typ JOSE", { typ: "JOSE" }],
  ["typ with its prefix", { typ: "application/jwt" }],
  ["typ as a list", { typ: ["JWT"] }],
  ["typ, empty", { typ: "" }],
];

it.each(extensions)("a header with %s is refused", async (_name, members) => {
  await expectInvalid(await forge(key, { header: members, payload: claimsFor(user) }));
});

/** An unknown key id waits for the end of a cool-down, so the clock is set past it. */
function expectInvalid(token: string, name?: string): Promise<void> {
  vi.advanceTimersByTime(1_000);
  return expectRefusal(token, name);
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") {
    throw new Error("The trap does not listen on a port.");
  }
  return address.port;
}
