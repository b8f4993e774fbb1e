import fc from "fast-check";
import { exportJWK, generateKeyPair, importJWK } from "jose";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { database } from "@/lib/db/client";
import { encode, forge } from "@/tests/support/forgery";
import { expectGood, expectInvalid, expectRefused } from "@/tests/support/token-answer";
import { claimsFor } from "@/tests/support/tokens";
import { createUser, randomText, type SignedIn } from "@/tests/support/users";
import ed25519 from "@/tests/support/wycheproof/ed25519.json";
import jws from "@/tests/support/wycheproof/json-web-signature.json";

// The private half of the key of the vectors 1 to 70, as an earlier version of the file gave it.
const vectorKey = {
  kty: "OKP",
  crv: "Ed25519",
  d: "rdS7gQN4W6-axTQljoqvZfXxrbXvXz3xm7gKuYnE1ks",
  x: "fU0Of2FTpptiQrUiq77mhf2kQg-INLEIw72uNp71Sfo",
};

let user: SignedIn;

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  user = await createUser();
});

describe("of Wycheproof's JWS vectors", () => {
  afterEach(async () => {
    await database().jwks.deleteMany();
  });

  it("none is missing that the README says is there", () => {
    const ids = jws.groups.flatMap(({ tests }) => tests.map(({ tcId }) => tcId));
    expect(ids).toEqual([...range(1, 45), ...range(341, 344), ...range(353, 401)]);
  });

  it.each(jws.groups)(
    "none of $comment is let in while its own key stands among ours",
    async (group) => {
      if ("public" in group) {
        await publish(group.kid, JSON.stringify(group.public));
      }
      for (const { tcId, jws: token } of group.tests) {
        await expectRefused(token, `vector ${tcId}`);
      }
    },
  );

  it.each(jws.groups)(
    "none of $comment is let in by a key that lets a good token in under the same id",
    async ({ kid, tests }) => {
      const id = await renamed(kid);
      await expectGood(await forge(id, { payload: claimsFor(user) }), user);
      for (const { tcId, jws: token } of tests) {
        await expectRefused(token, `vector ${tcId}`);
      }
    },
  );

  it("those with an RSA algorithm are refused whatever bytes their signature has", async () => {
    const key = await renamed("kid-rsa-sign");
    await expectGood(await forge(key, { payload: claimsFor(user) }), user);
    const algorithm = fc.constantFrom("RS256", "RS384", "RS512", "PS256", "PS384", "PS512");
    const signature = fc.uint8Array({ minLength: 255, maxLength: 258 });
    await fc.assert(
      fc.asyncProperty(algorithm, signature, async (alg, bytes) => {
        const signed = `${encode({ alg, kid: key.id })}.${encode(claimsFor(user))}`;
        await expectInvalid(`${signed}.${Buffer.from(bytes).toString("base64url")}`);
      }),
    );
  });
});

describe("of Wycheproof's Ed25519 signatures marked invalid", () => {
  it("none makes a token good by the key that they are for", async () => {
    const { d, ...publicKey } = vectorKey;
    const id = randomText();
    await publish(id, JSON.stringify(publicKey));
    const privateKey = await importJWK({ ...publicKey, d }, "EdDSA");
    if (!(privateKey instanceof CryptoKey)) {
      throw new Error("The key of the vectors is no key.");
    }
    const good = await forge({ id, privateKey }, { payload: claimsFor(user) });
    await expectGood(good, user);

    const pk = Buffer.from(vectorKey.x, "base64url").toString("hex");
    const tests = ed25519.groups.filter((group) => group.pk === pk).flatMap((group) => group.tests);
    const invalid = tests.filter(({ result }) => result === "invalid");
    expect(invalid).toHaveLength(61);
    for (const { tcId, sig } of invalid) {
      const signature = Buffer.from(sig, "hex").toString("base64url");
      await expectInvalid(good.replace(/[^.]*$/, signature), `vector ${tcId}`);
    }
  });
});

const signers = new Map<string, Awaited<ReturnType<typeof newPair>>>();

/** A key of ours that stands under the id of a vector's. What an id stands for never changes. */
async function renamed(id: string) {
  const pair = signers.get(id) ?? (await newPair());
  signers.set(id, pair);
  await publish(id, JSON.stringify(await exportJWK(pair.publicKey)));
  return { id, privateKey: pair.privateKey };
}

function publish(id: string, publicKey: string) {
  // The published keys are read anew once a second at most.
  vi.advanceTimersByTime(1_000);
  return database().jwks.create({
    data: { id, publicKey, privateKey: "kept elsewhere", createdAt: new Date() },
  });
}

function newPair() {
  return generateKeyPair("EdDSA", { crv: "Ed25519", extractable: true });
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
