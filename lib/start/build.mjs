// `npm run build`
import "./heed-signals.mjs";
import { join } from "node:path";
import { makeBuild } from "./make-build.mjs";

await makeBuild(join(import.meta.dirname, "..", ".."));
