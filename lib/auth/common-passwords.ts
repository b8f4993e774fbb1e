import "server-only";

const stemLengthMin = 6;
const addedLengthMax = 6;
const partLengthMin = 4;

let listedPasswords: Promise<Set<string>> | undefined;

/**
 * Whether a password is one that programs guess first, whatever its case: one of the list of the
 * most common ones, such a one with a few digits or signs at its ends, or repeated to length.
 */
export async function isCommonPassword(password: string): Promise<boolean> {
  listedPasswords ??= readList();
  const listed = await listedPasswords;
  const plain = password.normalize("NFKC").toLowerCase();
  return [plain, stemOf(plain), ...repeatedPartsOf(plain)].some((text) => listed.has(text));
}

/** The password without digits and signs at its ends, where they are few; otherwise nothing. */
function stemOf(plain: string): string {
  const [stem = ""] = /\p{L}.*\p{L}/su.exec(plain) ?? [];
  const isLong = stem.length >= stemLengthMin;
  return isLong && plain.length - stem.length <= addedLengthMax ? stem : "";
}

/** What a password repeats from its beginning to its end, unless that is a single letter. */
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
