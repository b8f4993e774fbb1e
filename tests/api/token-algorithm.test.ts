import {
  createHmac,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
} from "node:crypto";
import { afterAll, beforeAll, it, vi } from "vitest";
import { z } from "zod";
import { database } from "@/lib/db/client";
import { encode, forge } from "@/tests/support/forgery";
import { expectGood, expectInvalid, expectRefused } from "@/tests/support/token-answer";
import { claimsFor, publishKey } from "@/tests/support/tokens";
import { createUser, randomText, type SignedIn } from "@/tests/support/users";

const storedJwk = z.object({ kty: z.string(), crv: z.string(), x: z.string() });

let user: SignedIn;
let key: Awaited<ReturnType<typeof publishKey>>;
let jwk: z.infer<typeof storedJwk>;

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  user = await createUser();
  key = await publishKey();
  const { publicKey } = await database().jwks.findUniqueOrThrow({ where: { id: key.id } });
  jwk = storedJwk.parse(JSON.parse(publicKey));
  await expectGood(await forge(key, { payload: claimsFor(user) }), user);
});

afterAll(() => vi.useRealTimers());

const spellings = ["none", "None", "NONE", "nOnE", "none ", " none", "none\0", "n\u043ene", ""];

it.each([...spellings, null, false, 0, [], ["none"], {}])(
  "alg %j is refused with a signature, with none, and with any in its place",
  async (alg) => {
    const good = await forge(key, { header: { alg }, payload: claimsFor(user) });
    const segments = good.replace(/[.][^.]*$/, "");
    await expectInvalid(good);
    for (const ending of ["", ".", ".AA", `.${"A".repeat(86)}`]) {
      await expectRefused(`${segments}${ending}`, `ending ${ending}`);
    }
  },
);

it.each(["EDDSA", "eddsa", "EdDSA ", "Ed25519", "Ed448", "ES256K", "ES384", "RS256", "PS512"])(
  "alg %s over a signature of ours is refused",
  async (alg) => {
    await expectInvalid(await forge(key, { header: { alg }, payload: claimsFor(user) }));
  },
);

const secrets: [string, () => string | Buffer][] = [
  ["the bytes of the key", () => Buffer.from(jwk.x, "base64url")],
  ["its text", () => jwk.x],
  ["its hexadecimal text", () => Buffer.from(jwk.x, "base64url").toString("hex")],
  ["its JWK", () => JSON.stringify(jwk)],
  ["its JWK as it is published", () => JSON.stringify({ alg: "EdDSA", ...jwk, kid: key.id })],
  ["its key set", () => JSON.stringify({ keys: [{ alg: "EdDSA", ...jwk, kid: key.id }] })],
  ["its PEM", () => asKey().export({ type: "spki", format: "pem" })],
  ["its PEM without the last newline", () => asPem().trimEnd()],
  ["its PEM with the newlines of Windows", () => asPem().replaceAll("\n", "\r\n")],
  ["its DER", () => asKey().export({ type: "spki", format: "der" })],
  ["its id", () => key.id],
  ["no bytes at all", () => ""],
  ["the secret's own placeholder", () => "better-auth-secret-12345678901234567890"],
];

it.each(secrets)("an HMAC with %s is not a signature", async (_name, secret) => {
  for (const [alg, hash] of [
    ["HS256", "sha256"],
    ["HS384", "sha384"],
    ["HS512", "sha512"],
    ["EdDSA", "sha512"],
  ] as const) {
    const segments = `${encode({ alg, kid: key.id })}.${encode(claimsFor(user))}`;
    const mac = createHmac(hash, secret()).update(segments).digest("base64url");
    await expectInvalid(`${segments}.${mac}`, alg);
  }
});

const strangers: [string, string, () => { publicKey: KeyObject; privateKey: KeyObject }][] = [
  ["Ed448", "EdDSA", () => generateKeyPairSync("ed448")],
  ["P-256", "ES256", () => generateKeyPairSync("ec", { namedCurve: "P-256" })],
  ["secp256k1", "ES256K", () => generateKeyPairSync("ec", { namedCurve: "secp256k1" })],
  ["RSA", "RS256", () => generateKeyPairSync("rsa", { modulusLength: 2_048 })],
];

it.each(strangers)("a key of %s among ours signs nothing", async (_name, own, generate) => {
  const { publicKey, privateKey } = generate();
  const id = randomText();
  const text = JSON.stringify(publicKey.export({ format: "jwk" }));
  await database().jwks.create({
    data: { id, publicKey: text, privateKey: "none", createdAt: new Date() },
  });
  for (const alg of new Set([own, "EdDSA"])) {
    vi.advanceTimersByTime(1_000);
    const segments = `${encode({ alg, kid: id })}.${encode(claimsFor(user))}`;
    const hash = own === "EdDSA" ? null : "sha256";
    const signature = sign(hash, Buffer.from(segments), {
      key: privateKey,
      dsaEncoding: "ieee-p1363",
    });
    await expectInvalid(`${segments}.${signature.toString("base64url")}`, alg);
  }
  await expectGood(await forge(key, { payload: claimsFor(user) }), user);
});

function asKey(): KeyObject {
  return createPublicKey({ key: jwk, format: "jwk" });
}

function asPem(): string {
  return String(asKey().export({ type: "spki", format: "pem" }));
}
