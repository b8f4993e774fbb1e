import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, cpSync, mkdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

type Instruction = { name: string; text: string };

/** What the Dockerfile makes, in a folder in place of the root of its file system. */
export type Image = {
  root: string;
  /** Where its programs run. */
  workdir: string;
  user: { uid: number; gid: number };
  command: string[];
  healthCheck: string[];
  /** The volumes, as they are called in the image. */
  volumes: string[];
  environment: Record<string, string>;
};

/** A program of the image under way. */
export type Running = {
  output: () => string;
  exit: Promise<number | null>;
  signal: (signal: NodeJS.Signals) => void;
};

/**
 * Makes the last stage of the Dockerfile, step by step, from what `npm run build` left in the
 * project's folder, which stands for the stage that it copies from. A step that it does not know
 * throws, so a Dockerfile never holds more than was tried here.
 */
export function makeImage(root: string): Image {
  const image: Image = {
    root,
    workdir: "/",
    user: { uid: 0, gid: 0 },
    command: [],
    healthCheck: [],
    volumes: [],
    environment: {},
  };
  // A folder of mkdtemp is its maker's alone.
  chmodSync(root, 0o755);
  for (const { name, text } of lastStage(readFileSync("Dockerfile", "utf8"))) {
    const step = steps[name];
    if (!step) {
      throw new Error(`This test does not know the step ${name} ${text}.`);
    }
    step(image, text);
  }
  return image;
}

/** Runs a program in the image as its user does: in its environment and nothing of this one's. */
export function runInImage(
  image: Image,
  [program = "", ...parameters]: string[],
  settings: Record<string, string> = {},
): Running {
  const asRoot = process.getuid?.() === 0;
  const environment = { PATH: "/usr/bin:/bin", ...image.environment, ...settings };
  const entries = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
  const path = program === "node" ? process.execPath : program;
  const child = spawn("env", ["-i", ...entries, path, ...parameters], {
    cwd: join(image.root, image.workdir),
    stdio: ["ignore", "pipe", "pipe"],
    ...(asRoot ? image.user : {}),
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output += chunk;
    });
  }
  return {
    output: () => output,
    exit: once(child, "close").then(([code]) => code),
    signal: (signal) => void child.kill(signal),
  };
}

function lastStage(dockerfile: string): Instruction[] {
  const lines = dockerfile
    .replace(/^#.*\n/gm, "")
    .replace(/\\\n/g, " ")
    .split("\n")
    .filter((line) => line.trim() !== "");
  const instructions = lines.map((line) => {
    const [, name = "", text = ""] = /^(\w+)\s+(.*)$/.exec(line) ?? [];
    return { name, text: text.trim() };
  });
  return instructions.slice(instructions.findLastIndex(({ name }) => name === "FROM") + 1);
}

/** What each instruction of the Dockerfile does to the image. */
const steps: Record<string, (image: Image, text: string) => void> = {
  WORKDIR: (image, text) => {
    image.workdir = text;
    mkdirSync(join(image.root, text), { recursive: true });
  },
  ENV: ({ root, environment }, text) => {
    for (const [, key = "", value = ""] of text.matchAll(/(\w+)=(\S*)/g)) {
      environment[key] = value.startsWith("/") ? join(root, value) : value;
    }
  },
  RUN: ({ root }, text) => run(root, text),
  COPY: copy,
  USER: (image, text) => {
    const [uid, gid] = text.split(":").map(Number);
    image.user = { uid: uid ?? Number.NaN, gid: gid ?? Number.NaN };
  },
  VOLUME: ({ volumes }, text) => void volumes.push(text),
  EXPOSE: () => {},
  HEALTHCHECK: (image, text) => {
    image.healthCheck = JSON.parse(text.slice(text.indexOf("CMD") + "CMD".length));
  },
  CMD: (image, text) => {
    image.command = JSON.parse(text);
  },
};

/** Absolute paths are meant in the image. Only root can give a folder to another user. */
function run(root: string, text: string): void {
  const inImage = text.replace(/(^|\s)\/(?=\w)/g, `$1${root}/`);
  const chown = process.getuid?.() === 0 ? "" : "chown() { :; }; ";
  execFileSync("sh", ["-euc", chown + inImage]);
}

function copy({ root, workdir }: Image, text: string): void {
  const [from = "", ...paths] = text.split(/\s+/);
  if (from !== "--from=build" || paths.length !== 2) {
    throw new Error(`This test does not know how to COPY ${text}.`);
  }
  const [source = "", target = ""] = paths;
  cpSync(source.replace(/^\/app\//, ""), resolve(join(root, workdir), target), {
    recursive: true,
  });
}
