// `npm run db:seed`: a demo user with lifelike tasks. Running it again adds what is missing and
// changes nothing that is there.
import { randomBytes, randomUUID, scryptSync } from "node:crypto";
import { migrate } from "../lib/db/migrate.mjs";
import { inTransaction } from "../lib/db/transaction.mjs";
import { runWithDatabase } from "./connect.mjs";
import { demoTasks } from "./seed-tasks.mjs";

const email = "demo@example.com";
const dayMilliseconds = 86_400_000;

await runWithDatabase(async (connection) => {
  const { schema } = connection;
  await migrate(connection, undefined, { schema });
  const { password, added } = await inTransaction(connection, { schema }, async () => ({
    password: await addUser(connection),
    added: await addTasks(connection, await userId(connection)),
  }));
  console.log(`${email} has ${added} new tasks.`);
  if (password) {
    console.log(`The password is ${password} and is shown only now.`);
  }
});

/**
 * @param {import("../lib/db/transaction.mjs").Connection} connection
 * @returns {Promise<string | null>} the password of the new user, or null when the user was there
 */
async function addUser(connection) {
  const id = randomUUID();
  const { rows } = await connection.query(
    `INSERT INTO "user" (id, name, email) VALUES ($1, 'Robin Demo', $2)
     ON CONFLICT (email) DO NOTHING RETURNING id`,
    [id, email],
  );
  if (rows.length === 0) {
    return null;
  }
  const password = randomBytes(12).toString("base64url");
  await connection.query(
    `INSERT INTO "account" (id, "accountId", "providerId", "userId", password)
     VALUES ($1, $2, 'credential', $2, $3)`,
    [randomUUID(), id, hashPassword(password)],
  );
  return password;
}

/** @param {import("../lib/db/transaction.mjs").Connection} connection */
async function userId(connection) {
  const { rows } = await connection.query(`SELECT id FROM "user" WHERE email = $1`, [email]);
  return rows[0]?.id;
}

/**
 * @param {import("../lib/db/transaction.mjs").Connection} connection
 * @param {unknown} owner
 */
async function addTasks(connection, owner) {
  let added = 0;
  for (const [index, task] of demoTasks.entries()) {
    const createdAt = daysFromNow(-(demoTasks.length - index) / 2);
    const { rows } = await connection.query(
      `INSERT INTO "task" (id, "userId", title, description, priority, "dueDate", completed, "completedAt", "createdAt", "updatedAt")
       VALUES ($1, $2, $3, $4, $5::text::"Priority", $6::text::date, $7, $8::text::timestamptz, $9::text::timestamptz, $9::text::timestamptz)
       ON CONFLICT DO NOTHING RETURNING id`,
      [
        `00000000-0000-7000-8000-${String(index + 1).padStart(12, "0")}`,
        owner,
        task.title,
        task.description ?? null,
        task.priority ?? "none",
        task.dueInDays === undefined ? null : daysFromNow(task.dueInDays).slice(0, 10),
        task.isDone ?? false,
        task.isDone ? createdAt : null,
        createdAt,
      ],
    );
    added += rows.length;
  }
  return added;
}

/** @param {number} days */
function daysFromNow(days) {
  return new Date(Date.now() + days * dayMilliseconds).toISOString();
}

/**
 * The format of lib/auth/password-hash.ts, which a plain module cannot import; a test holds them together.
 *
 * @param {string} password
 */
function hashPassword(password) {
  const salt = randomBytes(16);
  const key = scryptSync(password, salt, 32, { N: 2 ** 17, r: 8, p: 1, maxmem: 2 ** 28 });
  return `$scrypt$ln=17,r=8,p=1$${unpadded(salt)}$${unpadded(key)}`;
}

/** @param {Buffer} bytes */
function unpadded(bytes) {
  return bytes.toString("base64").replace(/=+$/, "");
}
