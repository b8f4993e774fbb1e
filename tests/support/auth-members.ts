import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";

const directory = resolve("lib/http/auth");

/** A member of a body by the names that lead to it, such as `["response", "id"]`. */
export type MemberPath = string[];

/**
 * Every member of every body that the auth routes know, read from the schemas that the modules of
 * `lib/http/auth` export, so that a new one is swept by itself.
 */
export async function authMembers(): Promise<MemberPath[]> {
  const files = readdirSync(directory).map((file) => join(directory, file));
  assertInputsExported(files);
  const modules: object[] = await Promise.all(files.map((file) => import(file)));
  const paths = modules
    .flatMap((exported) => Object.values(exported))
    .filter((value) => value instanceof z.ZodType)
    .flatMap((schema) => pathsOf(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" })));
  const unique = new Map(paths.map((path) => [path.join("/"), path]));
  return [...unique.values()];
}

function assertInputsExported(files: string[]): void {
  const hidden = files.flatMap(
    (file) => readFileSync(file, "utf8").match(/^const \w+Input\b/gm) ?? [],
  );
  if (hidden.length > 0) {
    throw new Error(`Export these, so that the sweep meets them: ${hidden.join(", ")}`);
  }
}

function pathsOf(schema: z.core.JSONSchema.BaseSchema, parent: MemberPath = []): MemberPath[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, member]) => {
    const path = [...parent, name];
    return [path, ...(typeof member === "object" ? pathsOf(member, path) : [])];
  });
}

/** A copy of a body in which one member has another value. */
export function withMember(body: unknown, [name, ...rest]: MemberPath, value: unknown): unknown {
  if (name === undefined) {
    return value;
  }
  const members: Record<string, unknown> = { ...(typeof body === "object" && body) };
  return { ...members, [name]: withMember(members[name], rest, value) };
}
