import http from "node:http";

const serverOptions = {
  headersTimeout: 15_000,
  requestTimeout: 30_000,
  // Longer than a proxy keeps an idle connection (nginx: 60 s), or it would now and then send a
  // request into one that is just being closed.
  keepAliveTimeout: 75_000,
  connectionsCheckingInterval: 1_000,
  // lib/server answers a request without it; Node's own answer is a bare 400.
  requireHostHeader: false,
};

/**
 * Gives the HTTP server that Next is about to make what can be given only when it is made: the
 * limits for slow headers, slow bodies and idle connections, and listeners for what Node would
 * otherwise answer itself. Node reads the checking interval once.
 */
export function limitHttpServers() {
  const { createServer } = http;
  Object.assign(http, {
    /** @param {import("node:http").RequestListener} listener */
    createServer: (listener) =>
      createServer(serverOptions, listener)
        .once("error", explainListening)
        .on("newListener", keepPlain)
        .on("checkExpectation", treatAsRequest)
        .on("connect", closeTunnel),
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

/**
 * Node itself would answer an unknown expectation with a bare 417.
 *
 * @this {import("node:http").Server}
 * @param {import("node:http").IncomingMessage} request
 * @param {import("node:http").ServerResponse} response
 */
function treatAsRequest(request, response) {
  this.emit("request", request, response);
}

/**
 * Only with a listener does Node tell of a CONNECT. lib/server answers it before this is called.
 *
 * @param {import("node:http").IncomingMessage} _request
 * @param {import("node:stream").Duplex} socket
 */
function closeTunnel(_request, socket) {
  socket.destroy();
}

/**
 * Says why the server cannot listen and what helps, and ends the process.
 *
 * @param {NodeJS.ErrnoException & { address?: string, port?: number }} error
 */
function explainListening({ code = "", address, port }) {
  const noAddress = `HOSTNAME names ${address}, which is not an address of this machine. Set it to one that is, or leave it out to listen on all.`;
  const explanation = {
    EADDRINUSE: `Port ${port} is in use. Stop what uses it, or set PORT to another one.`,
    EACCES: `This user may not listen on port ${port}. Set PORT to one above 1023, and let a proxy, or the published port of the container, stand for ${port}.`,
    EADDRNOTAVAIL: noAddress,
    EAFNOSUPPORT: noAddress,
    EINVAL: noAddress,
  }[code];
  if (explanation) {
    console.error(explanation);
    process.exit(1);
  }
}
