import "server-only";

const siteName = "evotodo";
const wordLengthMin = 3;
const restLengthMin = 4;

/**
 * Whether little is left of a password without the words that an attacker tries first: the site's
 * name, the person's own name and address, and digits.
 */
export function isMadeOfOwnWords(
  password: string,
  person: { email: string; name: string },
): boolean {
  const plain = lettersAndDigits(password);
  const rest = ownWords(person).reduce((text, word) => text.replaceAll(word, ""), plain);
  const isShort = rest.replace(/\d/g, "").length < restLengthMin;
  return rest !== plain && isShort;
}

/** Longest first, so that a whole name goes before its parts. */
function ownWords({ email, name }: { email: string; name: string }): string[] {
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
