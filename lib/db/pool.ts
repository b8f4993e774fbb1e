import "server-only";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { readServerConfig } from "@/lib/db/server-config.mjs";
import {
  beginTransaction,
  sessionSettings,
  statementTimeout,
  transactionSettings,
} from "@/lib/db/session-settings.mjs";
import { millisecondsLeft } from "@/lib/deadline";
import { env } from "@/lib/env";
import { databaseMillisecondsPerRequest } from "@/lib/request-bounds";
import { createSemaphore } from "@/lib/semaphore";

type Statement = pg.QueryArrayConfig;
type Rows = pg.QueryArrayResult;

const connectMilliseconds = 3_000;
const idleInTransactionMilliseconds = 5_000;
// The server cancels a statement this long before its request's deadline: a part of the time that is
// left, and at most so many milliseconds.
const marginPart = 0.1;
const marginMilliseconds = 300;
const sessionStatementMilliseconds = 3_500;
const rollbackMilliseconds = 1_000;
const fullPauseMilliseconds = 100;

// Each connection keeps what it has prepared, so texts that are made for one use must not pile up.
const namesMax = 100;
const names = new Map<string, string>();

const control = /^(BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE)\b/;
// Which plan is best depends on how many rows the user has, so these are planned for each.
const plannedEachTime = /\bLIMIT\b/;
const reading = /^\s*SELECT\b/i;

/**
 * A pool of connections whose statements end with their request: the server gives each up before
 * the request is answered without it, so that none takes effect later. While the server has no
 * connection to give, requests wait for their turn within their deadline.
 */
export function createPool(connectionString: string): pg.Pool {
  const { schema, config } = readServerConfig(connectionString);
  const bounds = {
    schema,
    statementMilliseconds: sessionStatementMilliseconds,
    idleMilliseconds: idleInTransactionMilliseconds,
  };
  const pooled = new WeakSet<pg.ClientBase>();
  const pool = new pg.Pool({
    ...config,
    max: env.databasePoolMax,
    connectionTimeoutMillis: connectMilliseconds,
    idleTimeoutMillis: 10_000,
    keepAlive: true,
    onConnect: async (client) => {
      // A connection that breaks while it is in use is reported by its query.
      client.on("error", () => {});
      if (await hasOwnSession(client)) {
        await client.query(sessionSettings(bounds));
      } else {
        pooled.add(client);
      }
    },
  });
  // An idle connection that breaks is replaced on the next query, which reports the trouble.
  pool.on("error", () => {});
  pool.on("connect", (client) => boundStatements(client, bounds, pooled.has(client)));

  const queue = createSemaphore(env.databasePoolMax, Number.POSITIVE_INFINITY);
  const connectNow = pool.connect.bind(pool);

  async function connect(): Promise<pg.PoolClient> {
    const giveUpAt = performance.now() + millisecondsLeft();
    const leave = await enter(queue);
    try {
      const client = await connectInTurn(() => connectNow(), giveUpAt);
      const release = client.release.bind(client);
      client.release = (error) => {
        // A transaction that was left open ends with its connection.
        release(error ?? client.getTransactionStatus() !== "I");
        leave();
      };
      return client;
    } catch (error) {
      leave();
      throw error;
    }
  }

  async function query(statement: Statement): Promise<Rows> {
    const client = await connect();
    try {
      return pooled.has(client) && !reading.test(statement.text)
        ? await inTransaction(client, statement)
        : await client.query(statement);
    } finally {
      client.release();
    }
  }

  return Object.assign(pool, { connect, query });
}

/** Whether the server behind a connection is the one that greeted it; a pooler greets with a number of its own. */
async function hasOwnSession(client: pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
  return "processID" in client && client.processID === rows[0]?.pid;
}

/** Waits for a turn in a queue. */
function enter(queue: ReturnType<typeof createSemaphore>): Promise<() => void> {
  return new Promise((entered, refused) => {
    queue.run(() => new Promise<void>((leave) => entered(leave))).catch(refused);
  });
}

/** Takes a connection, or waits while the server has none to give. */
async function connectInTurn(
  connect: () => Promise<pg.PoolClient>,
  giveUpAt: number,
): Promise<pg.PoolClient> {
  for (;;) {
    if (performance.now() >= giveUpAt) {
      throw new DeadlinePassed();
    }
    try {
      return await connect();
    } catch (error) {
      if (!isServerFull(error)) {
        throw error;
      }
      await pause(fullPauseMilliseconds);
    }
  }
}

function isServerFull(error: unknown): boolean {
  return (
    error instanceof Error &&
    (("code" in error && error.code === "53300") || /no more connections/.test(error.message))
  );
}

/**
 * Behind a pooler a statement may wait for a server. A change waits before its time is measured: with
 * the beginning of its transaction.
 */
async function inTransaction(client: pg.PoolClient, statement: Statement): Promise<Rows> {
  await client.query("BEGIN");
  try {
    const result = await client.query(statement);
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK").catch(() => {});
    throw error;
  }
}

type SessionBounds = Parameters<typeof sessionSettings>[0];

/** Ends each statement of a client before the deadline of the request that sends it. */
function boundStatements(client: pg.PoolClient, bounds: SessionBounds, isPooled: boolean): void {
  const send = client.query.bind(client);

  function sendWithin(statement: Statement, milliseconds: number): Promise<Rows> {
    if (control.test(statement.text)) {
      return send({ ...statement, text: statement.text.replace(/^BEGIN$/, beginTransaction) });
    }
    const margin = Math.min(marginMilliseconds, milliseconds * marginPart);
    const limit = Math.max(1, Math.floor(milliseconds - margin));
    if (isPooled) {
      const settings = transactionSettings({ ...bounds, statementMilliseconds: limit });
      return sendAfter(settings, statement);
    }
    // Work that no request waits for may have longer than the session gives.
    const isUsual =
      limit >= sessionStatementMilliseconds && milliseconds <= databaseMillisecondsPerRequest;
    return isUsual ? send(prepared(statement)) : sendAfter(statementTimeout(limit), statement);
  }

  /** Sends two statements in one go and in one transaction, and answers with the second one's rows. */
  function sendAfter(first: string, statement: Statement): Promise<Rows> {
    return new Promise((done, fail) => {
      const config = { ...statement, queryMode: "extended" };
      const query = new pg.Query(config, (error, results) =>
        error ? fail(error) : done(last(results)),
      );
      const submit = query.submit.bind(query);
      query.submit = (connection) => {
        connection.stream.cork();
        connection.parse({ name: "", text: first, types: [] }, true);
        connection.bind({}, true);
        connection.execute({}, true);
        submit(connection);
        connection.stream.uncork();
      };
      send(query);
    });
  }

  async function query(input: Statement | string): Promise<Rows> {
    const statement: Statement =
      typeof input === "string" ? { text: input, rowMode: "array" } : input;
    const least = statement.text === "ROLLBACK" ? rollbackMilliseconds : 0;
    const milliseconds = Math.max(least, millisecondsLeft());
    if (milliseconds <= 0) {
      throw new DeadlinePassed();
    }
    // A server that keeps silent is left: its connection is closed, which also takes a statement out of a pooler's queue.
    const timer = setTimeout(() => void client.end(), milliseconds);
    try {
      return await sendWithin(statement, milliseconds);
    } finally {
      clearTimeout(timer);
    }
  }

  Object.assign(client, { query });
}

/** A statement under a name, so that a session parses and plans it once (PostgreSQL, PREPARE). */
function prepared(statement: Statement): Statement {
  const { text, values = [] } = statement;
  if (values.length === 0 || plannedEachTime.test(text)) {
    return statement;
  }
  const name = names.get(text) ?? `evo-${names.size}`;
  if (!names.has(text)) {
    if (names.size >= namesMax) {
      return statement;
    }
    names.set(text, name);
  }
  return { ...statement, name };
}

/** Of several statements in one go node-postgres gives all results. */
function last(results: unknown): Rows {
  return (Array.isArray(results) ? results.at(-1) : results) as Rows;
}

/** The request has its answer already; lib/db/failures.ts knows this error by its message. */
class DeadlinePassed extends Error {
  constructor() {
    super("The deadline for queries has passed");
  }
}
