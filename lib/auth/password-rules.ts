import "server-only";
import { siteName } from "@/lib/auth/site";
import { invalidMembers } from "@/lib/errors";

const stemLengthMin = 6;
const addedLengthMax = 6;
const partLengthMin = 4;

let listedPasswords: Promise<Set<string>> | undefined;

/**
 * Whether a password is one that programs guess first, in any case: one of the most common passwords,
 * such a password with a few digits or signs at its ends, or a repetition of one.
 */
export async function isCommonPassword(password: string): Promise<boolean> {
  listedPasswords ??= readList();
  const listed = await listedPasswords;
  const plain = password.normalize("NFKC").toLowerCase();
  return [plain, stemOf(plain), ...repeatedPartsOf(plain)].some((text) => listed.has(text));
}

/** The password without a few digits and signs at its ends, or an empty string if there are many. */
function stemOf(plain: string): string {
  const [stem = ""] = /\p{L}.*\p{L}/su.exec(plain) ?? [];
  const isLong = stem.length >= stemLengthMin;
  return isLong && plain.length - stem.length <= addedLengthMax ? stem : "";
}

/** The parts that a password consists of by repetition, unless it repeats a single letter. */
function repeatedPartsOf(plain: string): string[] {
  if (/^(\p{L})\1+$/u.test(plain)) {
    return [];
  }
  const lengths = Array.from({ length: plain.length / 2 }, (_, index) => index + 1);
  return lengths
    .filter((length) => length >= partLengthMin && plain.length % length === 0)
    .map((length) => plain.slice(0, length))
    .filter((part) => part.repeat(plain.length / part.length) === plain);
}

async function readList(): Promise<Set<string>> {
  const { dictionary } = await import("@zxcvbn-ts/language-common");
  return new Set(dictionary["passwords-common"].map((password) => password.toLowerCase()));
}

const wordLengthMin = 3;
const restLengthMin = 4;

/**
 * Whether little is left of a password without the words that an attacker tries first: the name of
 * the site, the person's name and address, and digits.
 */
export function isMadeOfContextWords(
  password: string,
  person: { email: string; name: string },
): boolean {
  const plain = lettersAndDigits(password);
  const rest = contextWords(person).reduce((text, word) => text.replaceAll(word, ""), plain);
  const isShort = rest.replace(/\d/g, "").length < restLengthMin;
  return rest !== plain && isShort;
}

/** Longest first, so that a whole name is removed before its parts. */
function contextWords({ email, name }: { email: string; name: string }): string[] {
  const [mailbox = "", domain = ""] = email.split("@");
  const wholes = [siteName, email, mailbox, domain, name];
  const parts = [mailbox, domain, name].flatMap((text) => text.split(/[^\p{L}\p{N}]+/u));
  return [...wholes, ...parts]
    .map(lettersAndDigits)
    .filter((word) => word.length >= wordLengthMin)
    .sort((one, other) => other.length - one.length);
}

function lettersAndDigits(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");
}

/**
 * @throws AppError `invalid_input` for a password made of the person's name and address or the
 *   site's name
 */
export function assertNoContextWords(
  pointer: string,
  password: string,
  person: { email: string; name: string },
): void {
  if (isMadeOfContextWords(password, person)) {
    throw invalidMembers([
      { pointer, detail: "is too close to your name, your address or the site's name" },
    ]);
  }
}
