import "server-only";
import pino from "pino";
import { env } from "@/lib/env";

/** The process's log: one JSON object a line on standard output, times in UTC. Never pass it a secret. */
export const log = pino({
  level: env.logLevel,
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: (label) => ({ level: label }) },
});
