// `npm run user:reset-password -- ada@example.com`: a link with which a person chooses a new
// password, for an operator to hand over where no mail reaches them.
import { createHash, randomBytes } from "node:crypto";
import { runWithDatabase } from "./connect.mjs";

const lifeSeconds = 3_600;

await runWithDatabase(async (connection) => {
  const [email, ...others] = process.argv.slice(2);
  if (!email || others.length > 0) {
    throw new Error("Name one address: npm run user:reset-password -- ada@example.com");
  }
  const token = await issueToken(connection, email.toLowerCase());
  if (token === null) {
    throw new Error(`No account has the address ${email}.`);
  }
  console.log(`This link chooses a new password for ${email}. It works once, within one hour:\n`);
  console.log(`${siteUrl()}/reset-password?token=${token}\n`);
  console.log("Hand it to nobody else. Choosing a password ends all sessions of the account.");
});

/**
 * As lib/auth/one-time-tokens.ts issues them, which a plain module cannot import; a test holds them
 * together. No address stands with the token: the link has proved none.
 *
 * @param {import("./migrate.mjs").Connection} connection
 * @param {string} email
 * @returns {Promise<string | null>} null where no account has the address
 */
async function issueToken(connection, email) {
  const token = randomBytes(32).toString("base64url");
  const { rows } = await connection.query(
    `INSERT INTO "oneTimeToken" ("hash", "userId", "purpose", "expiresAt")
     SELECT $1, "id", 'reset-password', now() + make_interval(secs => $2::float8)
     FROM "user" WHERE "email" = $3 RETURNING "hash"`,
    [createHash("sha256").update(token).digest("base64url"), lifeSeconds, email],
  );
  return rows.length === 0 ? null : token;
}

/** The site's address by the settings, as lib/env.ts reads it. */
function siteUrl() {
  const { BETTER_AUTH_URL, PORT } = process.env;
  return BETTER_AUTH_URL ? new URL(BETTER_AUTH_URL).origin : `http://localhost:${PORT || 3000}`;
}
