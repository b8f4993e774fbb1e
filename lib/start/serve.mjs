// What the container runs: serves the build it holds.
import { join } from "node:path";
import { serveBuild } from "./serve-build.mjs";

await serveBuild(join(import.meta.dirname, "..", "..", "server.js"));
