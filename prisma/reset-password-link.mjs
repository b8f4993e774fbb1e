// `npm run user:reset-password -- ada@example.com`: a link with which a person chooses a new
// password, for an operator to hand over where no mail reaches them.
import { createHash, randomBytes } from "node:crypto";
import { inTransaction } from "../lib/db/transaction.mjs";
import { runWithDatabase } from "./connect.mjs";

const lifeSeconds = 3_600;

await runWithDatabase(async (connection) => {
  const [email, ...more] = process.argv.slice(2);
  if (!email || more.length > 0) {
    throw new Error("Name one address: npm run user:reset-password -- ada@example.com");
  }
  const { token, others } = await inTransaction(
    connection,
    { schema: connection.schema },
    async () => {
      const userId = await findUserId(connection, email.toLowerCase());
      if (userId === undefined) {
        throw new Error(`No account has the address ${email}.`);
      }
      return {
        token: await issueToken(connection, userId),
        others: await listOtherWaysIn(connection, userId),
      };
    },
  );
  console.log(`This link chooses a new password for ${email}. It works once, within one hour:\n`);
  console.log(`${siteUrl()}/reset-password?token=${token}\n`);
  console.log("Hand it to nobody else. Choosing a password ends all sessions of the account.");
  if (others.length > 0) {
    console.log(
      `These still work, no matter who made them: ${others.join(", ")}. The settings remove them.`,
    );
  }
});

/**
 * @param {import("../lib/db/transaction.mjs").Connection} connection
 * @param {string} email
 * @returns {Promise<string | undefined>} the id of the user who has the address
 */
async function findUserId(connection, email) {
  const { rows } = await connection.query(`SELECT "id" FROM "user" WHERE "email" = $1`, [email]);
  return rows[0] && String(rows[0].id);
}

/**
 * What a reset leaves as it is. People choose the names, so characters that steer a terminal are
 * escaped.
 *
 * @param {import("../lib/db/transaction.mjs").Connection} connection
 * @param {string} userId
 */
async function listOtherWaysIn(connection, userId) {
  const { rows } = await connection.query(
    `SELECT 'the passkey' AS "kind", "name" FROM "passkey" WHERE "userId" = $1
     UNION ALL
     SELECT 'the API key', "name" FROM "apiKey"
     WHERE "userId" = $1 AND ("expiresAt" IS NULL OR "expiresAt" > now())
     UNION ALL
     SELECT 'the sign-in by', "providerId" FROM "account"
     WHERE "userId" = $1 AND "providerId" <> 'credential'`,
    [userId],
  );
  return rows.map(({ kind, name }) => `${kind} ${JSON.stringify(name)}`);
}

/**
 * As lib/auth/one-time-tokens.ts issues them, which a plain module cannot import; a test holds them
 * together. No address stands with the token: the link has proved none.
 *
 * @param {import("../lib/db/transaction.mjs").Connection} connection
 * @param {string} userId
 */
async function issueToken(connection, userId) {
  const token = randomBytes(32).toString("base64url");
  await connection.query(
    `INSERT INTO "oneTimeToken" ("hash", "userId", "purpose", "expiresAt")
     VALUES ($1, $2, 'reset-password', now() + make_interval(secs => $3::float8))`,
    [createHash("sha256").update(token).digest("base64url"), userId, lifeSeconds],
  );
  return token;
}

/** The site's address by the settings, as lib/env.ts reads it. */
function siteUrl() {
  const { BETTER_AUTH_URL, PORT } = process.env;
  const { origin, href } = new URL(BETTER_AUTH_URL || `http://localhost:${PORT || 3000}`);
  if (href !== `${origin}/`) {
    throw new Error("BETTER_AUTH_URL must end after the host and the port.");
  }
  return origin;
}
