import "server-only";
import { importJWK } from "jose";
import { z } from "zod";
import { database } from "@/lib/db/client";
import { withDatabaseDeadline, withinDeadline } from "@/lib/deadline";
import { processWide } from "@/lib/process-wide";

const coolDownMilliseconds = 1_000;

type StoredKey = { id: string; publicKey: string };
type VerifyingKey = Awaited<ReturnType<typeof importJWK>>;

export type PublishedKeys = { find: (id: string) => Promise<VerifyingKey | undefined> };

/** An Ed25519 key (RFC 8037): 32 bytes in canonical base64url. Other members are not published. */
const publicKeySchema = z
  .object({
    kty: z.literal("OKP"),
    crv: z.literal("Ed25519"),
    x: z.string().regex(/^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/),
    // A key may limit its own use (RFC 7517, section 4). A key for another use is ignored.
    use: z.literal("sig").optional(),
    key_ops: z
      .array(z.string())
      .refine((operations) => operations.includes("verify"))
      .optional(),
    alg: z.enum(["EdDSA", "Ed25519"]).optional(),
  })
  .transform(({ kty, crv, x }) => ({ kty, crv, x }));

// Several callers share a query, so it has its own deadline and not that of the first caller.
const publishedKeys = processWide("published keys", () =>
  createPublishedKeys(() =>
    withDatabaseDeadline(() => database().jwks.findMany({ select: { id: true, publicKey: true } })),
  ),
);

/**
 * The published key with an id, for verifying. Keys are cached without expiry: a key never changes,
 * and `isTokenAlive` checks whether it has ended.
 *
 * @throws AppError `unavailable` when the key is not cached and the database cannot be reached
 */
export function findPublishedKey(id: string): Promise<VerifyingKey | undefined> {
  return withinDeadline(() => publishedKeys.find(id));
}

/**
 * Caches the keys that `load` returns. An unknown id makes it load again, at most once a second for
 * all callers together. A caller within that second waits for the next load, so that a new key is
 * found even during a flood of unknown ids.
 */
export function createPublishedKeys(load: () => Promise<StoredKey[]>): PublishedKeys {
  const known = new Map<string, VerifyingKey>();
  let underWay: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  let lastStart = Number.NEGATIVE_INFINITY;

  async function loadAll(): Promise<void> {
    for (const { id, publicKey } of await load()) {
      const key = known.get(id) ?? (await importPublicKey(publicKey));
      if (key) {
        known.set(id, key);
      }
    }
  }

  async function loadAfterCoolDown(): Promise<void> {
    await pause(lastStart + coolDownMilliseconds - performance.now());
    next = undefined;
    lastStart = performance.now();
    underWay = loadAll();
    await underWay;
  }

  return {
    async find(id) {
      if (!known.has(id)) {
        await underWay?.catch(() => {});
      }
      if (!known.has(id)) {
        next ??= loadAfterCoolDown();
        await next;
      }
      return known.get(id);
    },
  };
}

/** A stored public key as a JWK with its required members only, or null for another type of key. */
export function parsePublicKey(text: string): z.infer<typeof publicKeySchema> | null {
  try {
    return publicKeySchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

async function importPublicKey(text: string): Promise<VerifyingKey | null> {
  const key = parsePublicKey(text);
  return key && importJWK(key, "EdDSA");
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, milliseconds)));
}
