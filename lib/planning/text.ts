/** A character of a text, in a regular expression without flags: no U+0000, no half of a surrogate pair. */
export const textCharacter = "[^\\u0000\\ud800-\\udfff]";

/** The texts for which `isStorable` holds, as a regular expression for documents and generators. */
export const anyText = `^${textCharacter}*$`;

/** Whether every database and every program can hold a text: PostgreSQL stores no U+0000, and UTF-8 has no lone surrogate. */
export function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes("\0");
}

/** The length of a text in code points. */
export function codePoints(text: string): number {
  return Array.from(text).length;
}

/**
 * A text as searches and orders see it: in lower case, the two small sigmas one, so that what is
 * found in a word is found in any part of it. Servers and browsers agree on it, databases would not.
 */
export function fold(text: string): string {
  return text.toLowerCase().replaceAll("ς", "σ");
}

/** Compares two texts by code point, as databases do; `<` compares code units. */
export function compareCodePoints(one: string, other: string): number {
  const length = Math.min(one.length, other.length);
  for (let index = 0; index < length; index += 1) {
    const difference = rank(one.charCodeAt(index)) - rank(other.charCodeAt(index));
    if (difference !== 0) {
      return difference;
    }
  }
  return one.length - other.length;
}

/** Halves of surrogate pairs stand for code points beyond all that one code unit can hold. */
function rank(codeUnit: number): number {
  const isSurrogate = codeUnit >= 0xd800 && codeUnit <= 0xdfff;
  return isSurrogate ? codeUnit + 0x1_0000 : codeUnit;
}
