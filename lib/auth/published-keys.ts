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

/** Ed25519 (RFC 8037): 32 bytes in canonical base64url. Members beyond these are not published. */
const publicKeySchema = z
  .object({
    kty: z.literal("OKP"),
    crv: z.literal("Ed25519"),
    x: z.string().regex(/^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/),
    // What a key says it is for binds us (RFC 7517, section 4): one for something else is none here.
    use: z.literal("sig").optional(),
    key_ops: z
      .array(z.string())
      .refine((operations) => operations.includes("verify"))
      .optional(),
    alg: z.enum(["EdDSA", "Ed25519"]).optional(),
  })
  .transform(({ kty, crv, x }) => ({ kty, crv, x }));

// The question is shared, so it has a deadline of its own and not the first caller's.
const publishedKeys = processWide("published keys", () =>
  createPublishedKeys(() =>
    withDatabaseDeadline(() => database().jwks.findMany({ select: { id: true, publicKey: true } })),
  ),
);

/**
 * The published key with an id, for verifying. Keys are read once and kept: what an id stands for
 * never changes, and `isTokenAlive` tells when a key has ended.
 *
 * @throws AppError `unavailable` when the key is not known here and the database is away
 */
export function findPublishedKey(id: string): Promise<VerifyingKey | undefined> {
  return withinDeadline(() => publishedKeys.find(id));
}

/**
 * Keeps the keys that `load` returns. An id that is not among them makes it load again, at most once
 * a second for all callers together. A caller within that second waits for the next load instead of
 * being told no, so that a key made a moment ago is found even amid a flood of unknown ids.
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

/** A stored public key as a JWK with its defining members only, or null when it is of another kind. */
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
