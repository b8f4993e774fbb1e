import "server-only";
import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { appSecret } from "@/lib/db/secret";
import { AppError } from "@/lib/errors";
import { processWide } from "@/lib/process-wide";

const keyLabel = "evo-todo list cursor";
const keyBytes = 32;
const seal = "sha256";
const sealBytes = 32;

const keys = processWide("keys of cursors", () => new Map<string, Buffer>());

/**
 * Writes a position as an opaque cursor that only this site can make.
 *
 * @param position what JSON can hold
 * @param binding what it belongs to; `openCursor` demands the same
 */
export function sealCursor(position: object, binding: string): string {
  const content = Buffer.from(JSON.stringify(position));
  return Buffer.concat([sealOf(content, binding), content]).toString("base64url");
}

/**
 * Reads back what `sealCursor` was given.
 *
 * @throws AppError `invalid_cursor` unless it is, to the letter, a cursor that `sealCursor` made with
 *   this binding
 */
export function openCursor(cursor: string, binding: string): unknown {
  const bytes = Buffer.from(cursor, "base64url");
  const content = bytes.subarray(sealBytes);
  const isOurs =
    bytes.toString("base64url") === cursor &&
    bytes.length > sealBytes &&
    timingSafeEqual(bytes.subarray(0, sealBytes), sealOf(content, binding));
  if (!isOurs) {
    throw new AppError(
      "invalid_cursor",
      "The cursor was altered, or made for another list. Start from the first page.",
    );
  }
  return JSON.parse(content.toString());
}

/** A short text for a long one, which only this site can make, and makes another of after its secret changed. */
export function sealText(text: string): string {
  return sealOf(Buffer.alloc(0), text).toString("base64url");
}

function sealOf(content: Buffer, binding: string): Buffer {
  return createHmac(seal, cursorKey()).update(`${binding}\n`).update(content).digest();
}

/** Derived once for a secret: the derivation costs more than the seal. */
function cursorKey(): Buffer {
  const secret = appSecret();
  const known = keys.get(secret);
  if (known) {
    return known;
  }
  const key = Buffer.from(hkdfSync(seal, secret, "", keyLabel, keyBytes));
  keys.clear();
  keys.set(secret, key);
  return key;
}
