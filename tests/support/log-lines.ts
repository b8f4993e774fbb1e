import pino from "pino";
import { z } from "zod";
import { log } from "@/lib/log";

const line = z.looseObject({ msg: z.string() });

/** Lines as the person who runs the site reads them, from now on. */
export type LogLines = {
  text: () => string;
  named: (message: string) => Record<string, unknown>[];
};

/** Keeps what the process's log writes, on every level, instead of writing it. */
export function keepLogLines(): LogLines {
  const lines: string[] = [];
  log.level = "trace";
  Reflect.set(log, pino.symbols.streamSym, { write: (text: string) => lines.push(text) });
  return {
    text: () => lines.join(""),
    named: (message) =>
      lines.map((text) => line.parse(JSON.parse(text))).filter(({ msg }) => msg === message),
  };
}
