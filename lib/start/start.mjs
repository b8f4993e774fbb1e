// `npm start`: builds when there is no build or the sources changed since, then serves.
import "./heed-signals.mjs";
import { join } from "node:path";
import { endWithParent } from "./end-with-parent.mjs";
import { isBuildCurrent, makeBuild } from "./make-build.mjs";
import { serveBuild } from "./serve-build.mjs";
import { loadSettings } from "./settings.mjs";

const root = join(import.meta.dirname, "..", "..");
process.chdir(root);
// npm passes on what it is told, but cannot when it is killed. Another parent may be a shell that leaves.
if (process.env.npm_lifecycle_script?.includes("lib/start/start.mjs")) {
  endWithParent();
}
try {
  loadSettings(root);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
if (!isBuildCurrent(root)) {
  console.log(
    "Building Evo-TODO: this takes a moment, and happens again only when its code changes.",
  );
  await makeBuild(root, { withoutSettings: true });
}
await serveBuild(join(root, ".next", "standalone", "server.js"));
