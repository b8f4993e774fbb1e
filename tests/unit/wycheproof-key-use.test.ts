import { exportJWK, generateKeyPair } from "jose";
import { beforeEach, expect, it, vi } from "vitest";
import { createPublishedKeys, parsePublicKey } from "@/lib/auth/published-keys";
import jws from "@/tests/support/wycheproof/json-web-signature.json";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance"] });
});

it.each(jws.groups.flatMap((group) => ("public" in group ? group.public : [])))(
  "Wycheproof's key $kid of type $kty is none that verifies here",
  (key) => {
    expect(parsePublicKey(JSON.stringify(key))).toBeNull();
  },
);

it.each([
  ["encryption", { use: "enc" }],
  ["encryption by its operations", { key_ops: ["encrypt"] }],
  ["signing alone", { key_ops: ["sign"] }],
  ["nothing", { key_ops: [] }],
  ["another algorithm", { alg: "ES256" }],
  ["encryption, although it says EdDSA", { alg: "EdDSA", use: "enc", key_ops: ["verify"] }],
])("a key for %s verifies nothing", async (_name, members) => {
  const keys = createPublishedKeys(async () => [
    await stored("other", members),
    await stored("good"),
  ]);
  expect(await keys.find("good")).toBeDefined();
  // The keys are read anew once a second at most.
  vi.advanceTimersByTime(1_000);
  expect(await keys.find("other")).toBeUndefined();
});

it.each([
  ["no purpose", {}],
  ["signatures", { use: "sig" }],
  ["verifying", { key_ops: ["verify"] }],
  ["signing and verifying", { key_ops: ["sign", "verify"], use: "sig", alg: "EdDSA" }],
  ["its algorithm by its newer name", { alg: "Ed25519" }],
])("a key that says %s verifies, and is published without that", async (_name, members) => {
  const row = await stored("good", members);
  expect(await createPublishedKeys(async () => [row]).find("good")).toBeDefined();
  expect(Object.keys(parsePublicKey(row.publicKey) ?? {}).sort()).toEqual(["crv", "kty", "x"]);
});

async function stored(id: string, members: object = {}) {
  const { publicKey } = await generateKeyPair("EdDSA", { crv: "Ed25519", extractable: true });
  return { id, publicKey: JSON.stringify({ ...(await exportJWK(publicKey)), ...members }) };
}
