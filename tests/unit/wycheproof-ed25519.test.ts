import { describe, expect, it } from "vitest";
import { createPublishedKeys } from "@/lib/auth/published-keys";
import vectors from "@/tests/support/wycheproof/ed25519.json";

const tests = vectors.groups.flatMap(({ pk, tests }) => tests.map((test) => ({ ...test, pk })));

const keys = createPublishedKeys(async () =>
  vectors.groups.map(({ pk }) => ({ id: pk, publicKey: jwkOf(pk) })),
);

describe("a published key verifies as Wycheproof says", () => {
  it("with all of its Ed25519 vectors there", () => {
    const count = (result: string) => tests.filter((test) => test.result === result).length;
    expect(tests.map(({ tcId }) => tcId)).toEqual(Array.from({ length: 151 }, (_, n) => n + 1));
    expect([count("valid"), count("invalid")]).toEqual([88, 63]);
  });

  it.each(["valid", "invalid"])("each signature marked %s", async (result) => {
    const chosen = tests.filter((test) => test.result === result);
    const wrong = await Promise.all(
      chosen.map(async (test) => ((await verifies(test)) === (result === "valid") ? [] : test)),
    );
    expect(wrong.flat()).toEqual([]);
  });
});

/** What jose does with the key for a token; its own functions take no message but a token's. */
async function verifies({ pk, msg, sig }: (typeof tests)[number]): Promise<boolean> {
  const key = await keys.find(pk);
  if (!(key instanceof CryptoKey)) {
    throw new Error(`${pk} was not taken for a key.`);
  }
  return crypto.subtle.verify("Ed25519", key, Buffer.from(sig, "hex"), Buffer.from(msg, "hex"));
}

function jwkOf(pk: string): string {
  const x = Buffer.from(pk, "hex").toString("base64url");
  return JSON.stringify({ kty: "OKP", crv: "Ed25519", x });
}
