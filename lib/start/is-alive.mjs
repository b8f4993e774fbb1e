import { get } from "node:http";

/**
 * Whether the app answers where it listens. `fetch` would refuse some ports, such as 6000.
 *
 * @param {number} port
 * @param {string} address
 * @returns {Promise<boolean>}
 */
export function isAlive(port, address) {
  // An address that stands for all of them cannot be connected to.
  const host = address === "::" || address === "0.0.0.0" ? "127.0.0.1" : address;
  return new Promise((done) => {
    get({ port, host, path: "/api/health/live", agent: false }, (response) => {
      response.resume();
      done(response.statusCode === 200);
    }).once("error", () => done(false));
  });
}
