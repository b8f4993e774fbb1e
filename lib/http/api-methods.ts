import "server-only";
import { type Method, requestLines } from "@/lib/operations/request-lines";
import { siteMethods } from "@/lib/operations/site-methods";

type Offered = (typeof requestLines)[keyof typeof requestLines];

/** A path under `/api` as its declaration spells it. */
export type ApiPath = Offered["path"] | keyof typeof siteMethods;

/** The methods that a path offers. */
export type OfferedMethod<Path extends ApiPath> =
  | Extract<Offered, { path: Path }>["method"]
  | (Path extends keyof typeof siteMethods ? (typeof siteMethods)[Path] : never);

const order: Method[] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/** What each path under `/api` offers, in its `Allow` (RFC 9110, section 10.2.1). HEAD goes with GET. */
export const apiMethods: Readonly<Record<string, string>> = Object.fromEntries(
  [...methodsByPath()].map(([path, methods]) => [path, allowFor(methods)]),
);

/** The paths below which are operations that take a bearer token, such as `/api/tasks`. */
const operationRoots = new Set(Object.values(requestLines).map(({ path }) => rootOf(path)));

const templates = Object.keys(apiMethods)
  .filter((path) => path.includes("{"))
  .map((path) => ({
    path,
    pattern: new RegExp(`^${path.replaceAll(".", "\\.").replaceAll(/\{\w+\}/g, "[^/]+")}$`),
  }));

/** The `Allow` of a path under `/api`, or undefined where there is nothing. */
export function allowOf(path: string): string | undefined {
  return apiMethods[declaredPathOf(path) ?? ""];
}

/**
 * A path under `/api` as its declaration spells it, `/api/tasks/{id}` for any task, and `/api/*` where
 * there is nothing: what somebody put into an address is not for the log.
 */
export function apiPatternOf(path: string): string {
  return declaredPathOf(path) ?? "/api/*";
}

/** Whether a path lies where operations take a bearer token, whether there is one at it or not. */
export function isUnderOperations(path: string): boolean {
  return operationRoots.has(rootOf(path));
}

function methodsByPath(): Map<string, Set<Method>> {
  const byPath = new Map<string, Set<Method>>();
  const site = Object.entries(siteMethods).map(([path, method]) => ({ path, method }));
  for (const { path, method } of [...Object.values(requestLines), ...site]) {
    byPath.set(path, (byPath.get(path) ?? new Set()).add(method));
  }
  return byPath;
}

function allowFor(methods: Set<Method>): string {
  return order
    .filter((method) => methods.has(method))
    .flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method]))
    .concat("OPTIONS")
    .join(", ");
}

function declaredPathOf(path: string): string | undefined {
  return Object.hasOwn(apiMethods, path)
    ? path
    : templates.find(({ pattern }) => pattern.test(path))?.path;
}

/** `/api/tasks` of `/api/tasks/{id}`. */
function rootOf(path: string): string {
  return path.split("/", 3).join("/");
}
