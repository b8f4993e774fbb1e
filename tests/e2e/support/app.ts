import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "../../support/free-port";

const root = process.cwd();

export type Settings = Record<string, string | undefined>;

/** A process of the app, started the way `npm start` starts it. */
export type App = {
  url: string;
  /** The process that was started; the server may be one that it started. */
  pid: number;
  /** All that it wrote so far. */
  output: () => string;
  /** Resolves with its exit code, or null when a signal ended it. */
  exit: Promise<number | null>;
  /** Sends a signal and waits for the end. */
  end: (signal: NodeJS.Signals) => Promise<number | null>;
  signal: (signal: NodeJS.Signals) => void;
};

/** Starts the app with these settings and no others, and waits until it is ready. */
export async function startApp(
  settings: Settings,
  directory = root,
  command?: string[],
): Promise<App> {
  const app = await launchApp(settings, directory, command);
  const ready = new Promise<"ready">((done) => {
    const timer = setInterval(() => {
      if (app.output().includes("Evo-TODO is ready at")) {
        clearInterval(timer);
        done("ready");
      }
    }, 50);
    void app.exit.then(() => clearInterval(timer));
  });
  if ((await Promise.race([ready, app.exit])) !== "ready") {
    throw new Error(`The app did not start:\n${app.output()}`);
  }
  return app;
}

/**
 * Starts the app and waits for nothing.
 *
 * @param command what to start it by, in its folder; without one what `npm start` does
 */
export async function launchApp(
  settings: Settings,
  directory = root,
  command = [process.execPath, join(directory, "lib/start/start.mjs")],
): Promise<App> {
  const port = settings.PORT ?? String(await freePort());
  const [program = "", ...programArguments] = command;
  const child = spawn(program, programArguments, {
    cwd: directory,
    env: {
      ...withoutSettings(directory),
      npm_config_update_notifier: "false",
      PORT: port,
      ...settings,
    },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output += chunk;
    });
  }
  const exit = exitOf(child);
  return {
    url: `http://localhost:${port}`,
    pid: child.pid ?? 0,
    output: () => output,
    exit,
    end: (signal) => {
      if (signal === "SIGKILL") {
        killGroup(child);
      } else {
        child.kill(signal);
      }
      return exit;
    },
    signal: (signal) => void child.kill(signal),
  };
}

/** Kills a process together with those it started, such as a build. */
function killGroup({ pid, exitCode, signalCode }: ChildProcess): void {
  if (pid !== undefined && exitCode === null && signalCode === null) {
    process.kill(-pid, "SIGKILL");
  }
}

function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((done) => child.once("close", (code) => done(code)));
}

/** This process's environment with every setting of the app empty. A `.env` of the developer is not read. */
function withoutSettings(directory: string): NodeJS.ProcessEnv {
  const example = readFileSync(join(root, ".env.example"), "utf8");
  const names = [...example.matchAll(/^([A-Z][A-Z0-9_]*)=/gm)].map(([, name]) => name);
  const mode = directory === root ? { NODE_ENV: "test" as const } : {};
  return { ...process.env, ...mode, ...Object.fromEntries(names.map((name) => [name, ""])) };
}
