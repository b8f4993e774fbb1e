import { exportJWK, generateKeyPair } from "jose";
import { expect, it, vi } from "vitest";
import { createPublishedKeys } from "@/lib/auth/published-keys";

it("a parallel cold start reads once", async () => {
  const key = await storedKey("one");
  const load = vi.fn(async () => [key]);
  const keys = createPublishedKeys(load);
  const found = await Promise.all(Array.from({ length: 50 }, () => keys.find("one")));
  expect(found.every((each) => each !== undefined)).toBe(true);
  expect(load).toHaveBeenCalledTimes(1);
});

it("a known key is never read again", async () => {
  const key = await storedKey("one");
  const load = vi.fn(async () => [key]);
  const keys = createPublishedKeys(load);
  await keys.find("one");
  load.mockResolvedValue([]);
  await Promise.all([keys.find("one"), keys.find("unknown")]);
  expect(await keys.find("one")).toBeDefined();
  expect(load).toHaveBeenCalledTimes(2);
});

it("a key made a moment ago is found amid a flood of unknown ids, at one read a second", async () => {
  const stored = [await storedKey("one")];
  const load = vi.fn(async () => stored.slice());
  const keys = createPublishedKeys(load);
  await keys.find("one");
  const flood = Array.from({ length: 1_000 }, (_, index) => keys.find(`unknown-${index}`));
  stored.push(await storedKey("two"));
  const fresh = await keys.find("two");

  expect(fresh).toBeDefined();
  expect((await Promise.all(flood)).every((key) => key === undefined)).toBe(true);
  expect(load).toHaveBeenCalledTimes(2);
});

it("a failure reaches who waits for it and nobody later", async () => {
  const key = await storedKey("one");
  const load = vi.fn(async () => [key]).mockRejectedValueOnce(new Error("away"));
  const keys = createPublishedKeys(load);
  await expect(keys.find("one")).rejects.toThrow("away");
  expect(await keys.find("one")).toBeDefined();
});

it.each([
  ["no JSON", "{"],
  ["another type", '{"kty":"RSA","n":"AQAB","e":"AQAB"}'],
  [
    "another curve",
    '{"kty":"OKP","crv":"X25519","x":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}',
  ],
  ["a short key", '{"kty":"OKP","crv":"Ed25519","x":"AAAA"}'],
])("a row with %s is not a key and does not hide the others", async (_name, publicKey) => {
  const good = await storedKey("good");
  const keys = createPublishedKeys(async () => [{ id: "bad", publicKey }, good]);
  expect(await keys.find("good")).toBeDefined();
  expect(await keys.find("bad")).toBeUndefined();
});

async function storedKey(id: string) {
  const { publicKey } = await generateKeyPair("EdDSA", { crv: "Ed25519", extractable: true });
  return { id, publicKey: JSON.stringify(await exportJWK(publicKey)) };
}
