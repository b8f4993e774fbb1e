import "server-only";
import { existsSync, readdirSync, statSync } from "node:fs";
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { join } from "node:path";
import type { Refusal } from "@/lib/server/refuse";

type StaticFile = { size: number; modifiedAt: number };

const folders = [
  ["/", "public"],
  ["/_next/static/", join(".next", "static")],
] as const;

let files: Map<string, string> | undefined;

/** Whether Next serves a file of the build at this decoded path as it is on the disk. */
export function isStaticFile(path: string): boolean {
  return staticFileAt(path) !== undefined;
}

/**
 * Evaluates the conditions and the range of a request for a static file by RFC 9110, sections 13.2.2
 * and 14.2, as far as Next would answer 500 or ignore what the standard says. What it answers well
 * stays in the request: `If-None-Match`, `If-Modified-Since` and one range that the file has.
 *
 * @param path the decoded path
 * @returns the 412 or 416 to answer, or 404 where the file is gone, which Next does not notice either;
 *   null where Next answers
 */
export function screenStaticFile(request: IncomingMessage, path: string): Refusal | null {
  const file = staticFileAt(path);
  if (!file) {
    return filesByPath().has(path) ? { status: 404, text: "This file is gone." } : null;
  }
  const { headers } = request;
  if (hasChanged(headers, file)) {
    return { status: 412, text: "The file is not the one that the condition names." };
  }
  delete headers["if-match"];
  delete headers["if-unmodified-since"];
  return screenRange(request, file);
}

function staticFileAt(path: string): StaticFile | undefined {
  const file = filesByPath().get(path);
  if (file === undefined) {
    return undefined;
  }
  const stat = statSync(/* turbopackIgnore: true */ file, { throwIfNoEntry: false });
  // HTTP dates have whole seconds.
  return stat && { size: stat.size, modifiedAt: Math.floor(stat.mtimeMs / 1_000) * 1_000 };
}

/** The files that existed at the first request. As in Next, no request's path leads to any other file. */
function filesByPath(): Map<string, string> {
  files ??= new Map(folders.flatMap(([prefix, folder]) => filesIn(prefix, folder)));
  return files;
}

function filesIn(prefix: string, folder: string): [path: string, file: string][] {
  const root = join(/* turbopackIgnore: true */ process.cwd(), folder);
  const names = existsSync(root) ? readdirSync(root, { recursive: true, encoding: "utf8" }) : [];
  return names
    .map((name): [string, string] => [
      prefix + name.replaceAll("\\", "/"),
      join(/* turbopackIgnore: true */ root, name),
    ])
    .filter(([, file]) => statSync(/* turbopackIgnore: true */ file).isFile());
}

/** The tags that Next gives to files are weak, and `If-Match` compares strongly: only `*` matches. */
function hasChanged(headers: IncomingHttpHeaders, { modifiedAt }: StaticFile): boolean {
  const ifMatch = headers["if-match"];
  if (ifMatch !== undefined) {
    return ifMatch.trim() !== "*";
  }
  return modifiedAt > Date.parse(headers["if-unmodified-since"] ?? "");
}

function screenRange({ method, headers }: IncomingMessage, file: StaticFile): Refusal | null {
  const ranges = method === "GET" && isUnchanged(headers, file) ? rangesOf(headers, file) : null;
  const isConditional = "if-none-match" in headers || "if-modified-since" in headers;
  delete headers.range;
  delete headers["if-range"];
  if (!ranges || ranges.length > 1 || (ranges.length === 0 && isConditional)) {
    return null;
  }
  const [range] = ranges;
  if (!range) {
    const text = `The file has ${file.size} bytes, and none in this range.`;
    return { status: 416, text, headers: { "Content-Range": `bytes */${file.size}` } };
  }
  headers.range = `bytes=${range}`;
  // A range is one of the file's own bytes, not of a compressed form.
  delete headers["accept-encoding"];
  return null;
}

/** Whether `If-Range` lets a range be sent: by its date alone, since it compares tags strongly. */
function isUnchanged(headers: IncomingHttpHeaders, { modifiedAt }: StaticFile): boolean {
  const ifRange = headers["if-range"];
  return ifRange === undefined || Date.parse(String(ifRange)) === modifiedAt;
}

/** The ranges that the file has, as `first-last`; null where the header is absent or not well-formed. */
function rangesOf({ range }: IncomingHttpHeaders, { size }: StaticFile): string[] | null {
  const list = /^bytes=(.*)$/i.exec(range ?? "")?.[1];
  const specs = list?.split(",").map((spec) => /^[ \t]*(\d*)-(\d*)[ \t]*$/.exec(spec)) ?? [];
  const ranges = specs.map((spec) => positionsOf(spec, size));
  if (ranges.length === 0 || ranges.includes(null)) {
    return null;
  }
  return ranges.flatMap((positions) =>
    positions && positions.first <= positions.last ? [`${positions.first}-${positions.last}`] : [],
  );
}

/** The first and last byte that a range names of the file; no bytes where the first is the later one. */
function positionsOf(
  spec: RegExpExecArray | null,
  size: number,
): { first: number; last: number } | null {
  const [, first = "", last = ""] = spec ?? [];
  if (first === "") {
    const length = Math.min(Number(last), size);
    return last === "" ? null : { first: size - length, last: size - 1 };
  }
  const isBackwards = last !== "" && Number(last) < Number(first);
  const end = last === "" ? size - 1 : Math.min(Number(last), size - 1);
  return isBackwards ? null : { first: Number(first), last: end };
}
