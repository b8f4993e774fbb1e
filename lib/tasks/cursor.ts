import "server-only";
import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { AppError } from "@/lib/errors";
import { appSecret } from "@/lib/secret";

const keyLabel = "evo-todo list cursor";
const keyBytes = 32;
const seal = "sha256";
const sealBytes = 32;

const positionForm = z.strictObject({ key: z.string().nullable(), id: z.guid() });

/** Where a page ended: the last task's value of the sort field, as Postgres writes it, and its id. */
export type Position = z.infer<typeof positionForm>;

/**
 * Writes a position as an opaque cursor.
 *
 * @param binding the list it belongs to; `openCursor` demands the same
 */
export function sealCursor(position: Position, binding: string): string {
  const content = Buffer.from(JSON.stringify(position));
  return Buffer.concat([sealOf(content, binding), content]).toString("base64url");
}

/**
 * Reads a cursor back.
 *
 * @throws AppError `invalid_cursor` unless it is, to the letter, one that `sealCursor` made for
 *   this list
 */
export function openCursor(cursor: string, binding: string): Position {
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
  return positionForm.parse(JSON.parse(content.toString()));
}

function sealOf(content: Buffer, binding: string): Buffer {
  const key = Buffer.from(hkdfSync(seal, appSecret(), "", keyLabel, keyBytes));
  return createHmac(seal, key).update(`${binding}\n`).update(content).digest();
}
