// `npm start`: builds when there is no build or the sources changed since, then serves.
import { join } from "node:path";
import { isBuildCurrent, makeBuild } from "./make-build.mjs";
import { serveBuild } from "./serve-build.mjs";
import { loadSettings } from "./settings.mjs";

const root = join(import.meta.dirname, "..", "..");
process.chdir(root);
if (!isBuildCurrent(root)) {
  console.log(
    "Building Evo-TODO: this takes a moment, and happens again only when its code changes.",
  );
  makeBuild(root, { withoutSettings: true });
}
loadSettings(root);
await serveBuild(join(root, ".next", "standalone", "server.js"));
