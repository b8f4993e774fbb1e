import http from "node:http";

const limits = {
  headersTimeout: 15_000,
  requestTimeout: 30_000,
  // Longer than a proxy keeps an idle connection (nginx: 60 s), or it would now and then send a
  // request into one that is just being closed.
  keepAliveTimeout: 75_000,
  connectionsCheckingInterval: 1_000,
};

/**
 * Gives the HTTP server that Next is about to make what can be given only when it is made: the
 * limits for slow headers, slow bodies and idle connections; Node reads the checking interval once.
 */
export function limitHttpServers() {
  const { createServer } = http;
  Object.assign(http, {
    /** @param {import("node:http").RequestListener} listener */
    createServer: (listener) =>
      createServer(limits, listener).once("error", explainPort).on("newListener", keepPlain),
  });
}

/**
 * Next would close every connection that offers to upgrade, as Java's client does on each request.
 * Without a listener Node ignores the offer, as RFC 9110, section 7.8, allows.
 *
 * @this {import("node:http").Server}
 * @param {string | symbol} event
 */
function keepPlain(event) {
  if (event === "upgrade") {
    queueMicrotask(() => this.removeAllListeners("upgrade"));
  }
}

/** @param {NodeJS.ErrnoException & { port?: number }} error */
function explainPort(error) {
  if (error.code === "EADDRINUSE") {
    console.error(`Port ${error.port} is in use. Stop what uses it, or set PORT to another one.`);
    process.exit(1);
  }
}
