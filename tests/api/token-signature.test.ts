import { createHash } from "node:crypto";
import fc from "fast-check";
import { exportJWK } from "jose";
import { beforeAll, expect, it } from "vitest";
import { forge } from "@/tests/support/forgery";
import { expectGood, expectInvalid, expectRefused } from "@/tests/support/token-answer";
import { claimsFor, publishKey } from "@/tests/support/tokens";
import { createUser, type SignedIn } from "@/tests/support/users";

const order = 2n ** 252n + 27742317777372353535851937790883648493n;
const bits = Array.from({ length: 512 }, (_, bit) => bit);

let user: SignedIn;
let key: Awaited<ReturnType<typeof publishKey>>;
let signed: string;
let signature: Buffer;

beforeAll(async () => {
  user = await createUser();
  key = await publishKey();
  const good = await forge(key, { payload: claimsFor(user) });
  signed = good.replace(/[.][^.]*$/, "");
  signature = Buffer.from(good.slice(signed.length + 1), "base64url");
  await expectGood(good, user);
});

it("no signature with one bit turned is taken", async () => {
  for (const bit of bits) {
    await expectInvalid(withSignature(turned(signature, bit)), `bit ${bit}`);
  }
});

it.each([
  ["L", order],
  ["2L", 2n * order],
  ["4L", 4n * order],
  ["8L", 8n * order],
  ["2^253", 2n ** 253n],
  ["2^254", 2n ** 254n],
  ["2^255", 2n ** 255n],
  ["p", 2n ** 255n - 19n],
])("no signature is taken whose S is greater by %s", async (_name, added) => {
  const [point, s] = [signature.subarray(0, 32), littleEndian(signature.subarray(32))];
  await expectInvalid(withSignature(signatureOf(point, s + added)));
});

it("no signature is taken whose R has one bit turned, with the S that fits it", async () => {
  const scalarFor = await scalars();
  const point = signature.subarray(0, 32);
  expect(signatureOf(point, scalarFor(point))).toEqual(signature);
  for (const bit of bits.slice(0, 256)) {
    const changed = turned(point, bit);
    await expectInvalid(withSignature(signatureOf(changed, scalarFor(changed))), `bit ${bit}`);
  }
});

it("no signature is taken that is cut or has bytes too many", async () => {
  for (const length of Array.from({ length: 64 }, (_, index) => index)) {
    await expectRefused(withSignature(signature.subarray(0, length)), `${length} bytes`);
  }
  for (const more of [Buffer.alloc(1), Buffer.alloc(64), signature, Buffer.from("  ")]) {
    await expectInvalid(withSignature(Buffer.concat([signature, more])));
    await expectInvalid(withSignature(Buffer.concat([more, signature])));
  }
});

it("no bytes are taken for a signature that were not made with the key", async () => {
  const made = fc.uint8Array({ minLength: 1, maxLength: 130, size: "max" });
  await fc.assert(fc.asyncProperty(made, (bytes) => expectInvalid(withSignature(bytes))));
});

it("no signature of one token is taken for another, of the same session or of another", async () => {
  const other = await createUser();
  for (const claims of [claimsFor(user), claimsFor(other)]) {
    const [head, body] = (await forge(key, { payload: claims })).split(".");
    await expectInvalid(`${head}.${body}.${signature.toString("base64url")}`);
  }
});

/** What S must be for an R (RFC 8032, section 5.1.6), by the key and the nonce of the signature. */
async function scalars(): Promise<(point: Buffer) => bigint> {
  const { d = "", x = "" } = await exportJWK(key.privateKey);
  const scalar = sha512(Buffer.from(d, "base64url")).subarray(0, 32);
  scalar[0] = (scalar[0] ?? 0) & 248;
  scalar[31] = ((scalar[31] ?? 0) & 127) | 64;
  const secret = littleEndian(scalar);
  const challenge = (point: Buffer) =>
    littleEndian(sha512(Buffer.concat([point, Buffer.from(x, "base64url"), Buffer.from(signed)])));
  const s = littleEndian(signature.subarray(32));
  const nonce = s - challenge(signature.subarray(0, 32)) * secret;
  return (point) => (((nonce + challenge(point) * secret) % order) + order) % order;
}

function sha512(bytes: Buffer): Buffer {
  return createHash("sha512").update(bytes).digest();
}

function withSignature(bytes: Uint8Array): string {
  return `${signed}.${Buffer.from(bytes).toString("base64url")}`;
}

function signatureOf(point: Buffer, s: bigint): Buffer {
  const scalar = Buffer.from(s.toString(16).padStart(64, "0"), "hex").reverse();
  return Buffer.concat([point, scalar]);
}

function littleEndian(bytes: Buffer): bigint {
  return BigInt(`0x${Buffer.from(bytes).reverse().toString("hex")}`);
}

function turned(bytes: Buffer, bit: number): Buffer {
  const changed = Buffer.from(bytes);
  changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return changed;
}
