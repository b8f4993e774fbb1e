import { readdirSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";

const apiDirectory = resolve("app/api");
const allRoutes = apiRoutes();

/** A route under app/api: its path as Next spells it, such as `/api/tasks/[id]`, and its module. */
export type ApiRoute = { path: string; load: () => Promise<Record<string, unknown>> };

/** What Next passes to a handler for a path. */
export type PathParams = Record<string, string | string[]>;

/** Every route under app/api. */
export function apiRoutes(): ApiRoute[] {
  return readdirSync(apiDirectory, { recursive: true, encoding: "utf8" })
    .filter((file) => /(^|[\\/])route\.ts$/.test(file))
    .map((file) => ({
      path: ["/api", ...segmentsOf(relative(".", dirname(file)), sep)].join("/"),
      load: () => import(join(apiDirectory, file)),
    }));
}

/** The route that Next's router picks for a path, and its parameters. */
export function matchRoute(pathname: string): { route: ApiRoute; params: PathParams } | undefined {
  const [best] = allRoutes
    .map((route) => ({ route, match: patternOf(route).exec(pathname) }))
    .filter(({ match }) => match !== null)
    .sort((one, other) => compareRanks(rankOf(one.route), rankOf(other.route)));
  return best && { route: best.route, params: paramsOf(best.route, best.match?.groups ?? {}) };
}

/** `/api/tasks/[id]` matches one segment under the name `id`, `[...all]` one or more, `[[...all]]` any. */
function patternOf({ path }: ApiRoute): RegExp {
  const pattern = path
    .replace(/\/\[\[\.\.\.(\w+)\]\]/, "(?:/(?<$1>.+?))?")
    .replace(/\[\.\.\.(\w+)\]/, "(?<$1>.+?)")
    .replaceAll(/\[(\w+)\]/g, "(?<$1>[^/]+)")
    .replaceAll(/\.(?=\w)/g, "\\.");
  return new RegExp(`^${pattern}/?$`);
}

function paramsOf({ path }: ApiRoute, groups: { [name: string]: string | undefined }): PathParams {
  const params: PathParams = {};
  for (const [name, text] of Object.entries(groups)) {
    if (text !== undefined) {
      const values = text.split("/").map(decodeURIComponent);
      params[name] = path.includes(`...${name}`) ? values : (values[0] ?? "");
    }
  }
  return params;
}

function segmentsOf(path: string, separator: string): string[] {
  return path.split(separator).filter((segment) => segment !== "" && segment !== ".");
}

/** Static segments go before dynamic ones, those before catch-alls, and optional ones come last. */
function rankOf({ path }: ApiRoute): number[] {
  const kinds = ["[[...", "[...", "["];
  return segmentsOf(path, "/").map((segment) => {
    const kind = kinds.findIndex((prefix) => segment.startsWith(prefix));
    return kind === -1 ? 0 : kinds.length - kind;
  });
}

function compareRanks(one: number[], other: number[]): number {
  const differing = one.findIndex((rank, index) => rank !== other[index]);
  return differing === -1 ? 0 : (one[differing] ?? 0) - (other[differing] ?? 0);
}
