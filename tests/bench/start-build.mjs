import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";

/**
 * Starts the built app on a free port, as `npm start` does, and waits until it is ready.
 *
 * @param {Record<string, string>} settings
 */
export async function startBuild(settings) {
  const port = await freePort();
  const child = spawn(process.execPath, ["lib/start/start.mjs"], {
    env: {
      ...process.env,
      // A `.env` of the developer is not read.
      NODE_ENV: "test",
      PORT: String(port),
      DATABASE_URL: "",
      BETTER_AUTH_URL: "",
      ...settings,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  let output = "";
  await new Promise((done, fail) => {
    let isReady = false;
    child.stdout.on("data", (chunk) => {
      output += isReady ? "" : chunk;
      if (output.includes("Evo-TODO is ready")) {
        isReady = true;
        done(undefined);
      }
    });
    ended.then(() => fail(new Error(`The app did not start:\n${output}`)));
  });
  return {
    url: `http://localhost:${port}`,
    pid: child.pid ?? 0,
    end: async () => {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

/**
 * A port of the loopback that nobody listens on.
 *
 * @returns {Promise<number>}
 */
export function freePort() {
  return new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => done(typeof address === "object" && address ? address.port : 0));
    });
  });
}
