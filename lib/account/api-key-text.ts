import "server-only";
import { crc32 } from "node:zlib";
import { randomText } from "@/lib/auth/cryptography";

const prefix = "evo_";
const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
// 43 digits of 62 have 256 bits, and 6 hold any CRC-32.
const randomLength = 43;
const checksumLength = 6;
const form = new RegExp(`^${prefix}[0-9A-Za-z]{${randomLength + checksumLength}}$`);

/**
 * A new API key: a prefix that people and secret scanners recognize, 256 random bits, and a checksum
 * that reveals a mistyped key, or text that only looks like a key, without a query.
 */
export function makeApiKeyText(): string {
  const unchecked = `${prefix}${randomText(digits, randomLength)}`;
  return `${unchecked}${checksumOf(unchecked)}`;
}

/** Whether a text has the form and the checksum of an API key. */
export function isApiKeyText(text: string): boolean {
  return form.test(text) && text.endsWith(checksumOf(text.slice(0, -checksumLength)));
}

function checksumOf(text: string): string {
  let rest = crc32(text);
  let checksum = "";
  while (checksum.length < checksumLength) {
    checksum = `${digits[rest % digits.length]}${checksum}`;
    rest = Math.floor(rest / digits.length);
  }
  return checksum;
}
