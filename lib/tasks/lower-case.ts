/**
 * A text in lower case, each character by itself, so that what is found in a word is found in any
 * part of it; the two small sigmas, which share a capital, are one. Databases differ in which
 * letters have a lower case, so the app decides.
 */
export function lowerCase(text: string): string {
  return Array.from(text, (character) => character.toLowerCase())
    .join("")
    .replaceAll("ς", "σ");
}
