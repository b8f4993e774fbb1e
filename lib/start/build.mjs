// `npm run build`
import { join } from "node:path";
import { makeBuild } from "./make-build.mjs";

makeBuild(join(import.meta.dirname, "..", ".."));
