import { createServer, isIP } from "node:net";
import { hostname } from "node:os";

/**
 * The address to listen on: the one that `HOSTNAME` names, otherwise every address of this machine, of
 * IPv6 and IPv4 both where it has both.
 *
 * @param {string} setting `HOSTNAME`, which containers and shells set to the machine's own name: that
 *   does not say where to listen
 * @returns {Promise<string>} an IP address
 * @throws Error when it is another name
 */
export async function listenAddress(setting) {
  if (isIP(setting) !== 0) {
    return setting;
  }
  if (setting !== "" && firstLabel(setting) !== firstLabel(hostname())) {
    throw new Error(
      "HOSTNAME must be an IP address to listen on, such as 127.0.0.1, or :: for all. Leave it out to listen on all.",
    );
  }
  return (await canListenOn("::")) ? "::" : "0.0.0.0";
}

/** @param {string} name of a machine, with its domain or without */
function firstLabel(name) {
  return name.toLowerCase().split(".", 1)[0];
}

/**
 * @param {string} host
 * @returns {Promise<boolean>}
 */
function canListenOn(host) {
  return new Promise((done) => {
    const server = createServer().once("error", () => done(false));
    server.listen({ host, port: 0 }, () => server.close(() => done(true)));
  });
}
