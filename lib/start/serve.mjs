// What the container runs: serves the build it holds.
import "./heed-signals.mjs";
import { join } from "node:path";
import { serveBuild } from "./serve-build.mjs";

await serveBuild(join(import.meta.dirname, "..", "..", "server.js"));
