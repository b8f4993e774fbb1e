// `npm run dev` has Node import this before Next: npm's shell dies of a signal without passing it on.
import "./no-telemetry.mjs";
import { endWithParent } from "./end-with-parent.mjs";

endWithParent();
