import { readFileSync } from "node:fs";
import { join } from "node:path";
import nextEnvironment from "@next/env";

/**
 * Loads `.env` files the way Next does for production. A variable that is already set wins.
 *
 * @param {string} root the project's folder
 */
export function loadSettings(root) {
  const silent = { info: () => {}, error: console.error };
  nextEnvironment.loadEnvConfig(root, false, silent);
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
