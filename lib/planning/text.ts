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
