import { readFileSync } from "node:fs";
import { readDatabaseUrl } from "../database-url.mjs";

/**
 * What node-postgres connects to a server with, by the server's address.
 *
 * @param {string} url
 * @returns {{ schema: string, config: import("pg").ClientConfig }}
 * @throws Error with the way out when a certificate cannot be read
 */
export function readServerConfig(url) {
  const { connection, schema, tls, files } = readDatabaseUrl(url);
  const ssl = tls && (tls === "off" ? false : { ...checks(tls), ...readFiles(files) });
  return {
    schema,
    config: {
      ...connection,
      // Operators see whose sessions these are.
      fallback_application_name: "evo-todo",
      ...(ssl !== undefined && { ssl }),
    },
  };
}

/**
 * @param {import("../database-url.mjs").TlsMode} tls
 * @returns {import("node:tls").ConnectionOptions}
 */
function checks(tls) {
  if (tls === "unchecked") {
    return { rejectUnauthorized: false };
  }
  return tls === "checked-authority" ? { checkServerIdentity: () => undefined } : {};
}

/** @param {Record<string, string>} files */
function readFiles(files) {
  return Object.fromEntries(
    Object.entries(files).map(([name, path]) => {
      try {
        return [name, readFileSync(/* turbopackIgnore: true */ path, "utf8")];
      } catch (cause) {
        throw new Error(`The file ${path}, which the database's address names, cannot be read.`, {
          cause,
        });
      }
    }),
  );
}
