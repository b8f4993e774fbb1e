import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";

// The most specific first, as Next orders them.
const files = [".env.production.local", ".env.local", ".env.production", ".env"];
const quoteless = /^[ \t]*(?:export[ \t]+)?([\w.-]+)[ \t]*=[ \t]*([^\s"'`#][^\n]*)$/gm;

/**
 * Loads the `.env` files of production, but none in tests, which must not meet a developer's settings.
 * A variable that is already set wins; an empty one counts as absent. A value means what it says:
 * unlike in Next, a `$` in it stands for itself, and for nothing else.
 *
 * @param {string} root the project's folder
 * @throws Error when a value would be cut at a `#`
 */
export function loadSettings(root) {
  if (process.env.NODE_ENV === "test") {
    return;
  }
  for (const file of files.filter((name) => existsSync(join(root, name)))) {
    const settings = readSettings(readFileSync(join(root, file), "utf8"), file);
    for (const [name, value] of Object.entries(settings)) {
      process.env[name] ||= value;
    }
  }
}

/**
 * @param {string} content of a `.env` file
 * @param {string} file its name, for the message
 */
function readSettings(content, file) {
  const text = content.replace(/^\uFEFF/, "").replaceAll("\r\n", "\n");
  // A comment begins at the first #. With white space before it nothing of the value is lost.
  const cut = [...text.matchAll(quoteless)].find(([, , value]) =>
    /^[^#]*[^#\s]#/.test(value ?? ""),
  );
  if (cut) {
    throw new Error(
      `The value of ${cut[1]} in ${file} has a #, at which it would be cut off. Put the value in single quotes.`,
    );
  }
  // Next wants a $ to be written with a backslash, and some files have that.
  return Object.fromEntries(
    Object.entries(parseEnv(text)).map(([name, value]) => [name, value?.replaceAll("\\$", "$")]),
  );
}

/**
 * An environment in which every setting of the app is empty, so that a build which `npm start`
 * makes depends on the sources alone. The names are those of `.env.example`.
 *
 * @param {string} root the project's folder
 * @returns {NodeJS.ProcessEnv}
 */
export function environmentWithoutSettings(root) {
  const example = readFileSync(join(root, ".env.example"), "utf8");
  const names = [...example.matchAll(/^#? ?([A-Z][A-Z0-9_]*)=/gm)].map(([, name]) => name);
  return { ...process.env, ...Object.fromEntries(names.map((name) => [name, ""])) };
}
