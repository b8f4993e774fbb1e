import "server-only";
import pino from "pino";
import { env } from "@/lib/env";

const causesMax = 5;

/** The process's log: one JSON object a line on standard output, times in UTC. Never pass it a secret. */
export const log = pino({
  level: env.logLevel,
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
  serializers: { error: (error: unknown) => describeError(error) },
  formatters: { level: (label) => ({ level: label }) },
});

/** An error with its causes. Prisma's messages quote the values of a query, so only their code is told. */
function describeError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error) || depth > causesMax) {
    return typeof error === "string" ? error : undefined;
  }
  const { name, message, stack, cause } = error;
  const code = "code" in error ? error.code : undefined;
  const isFromPrisma = name.startsWith("PrismaClient");
  return {
    name,
    code,
    ...(isFromPrisma ? {} : { message, stack }),
    cause: describeError(cause, depth + 1),
  };
}
