import type { oas31 } from "zod-openapi";
import type { Attempt, Scene } from "@/tests/support/document/attempts";
import { shown, valuesFor } from "@/tests/support/document/values";

/** Each documented parameter with each of its values. */
export function ofParameters(scene: Scene): Attempt[] {
  return parametersOf(scene).flatMap((parameter) => {
    const schema = scene.schemas.resolve(parameter.schema ?? {});
    const texts = valuesFor(scene.schemas, schema, scene.seed).map(asText);
    const sendable = [...new Set(texts)].filter((text) => isSendable(parameter.in, text));
    return sendable.map((text) => ofParameter(scene, parameter, schema, text));
  });
}

function parametersOf({ document, operation }: Scene): oas31.ParameterObject[] {
  return (operation.parameters ?? []).flatMap((parameter) => {
    if (!("$ref" in parameter)) {
      return [parameter];
    }
    const named = document.components?.parameters?.[parameter.$ref.split("/").at(-1) ?? ""];
    return named && !("$ref" in named) ? [named] : [];
  });
}

function ofParameter(
  { base, schemas }: Scene,
  { in: place, name }: oas31.ParameterObject,
  schema: oas31.SchemaObject,
  text: string,
): Attempt {
  const isGood = schemas.faultsOf(schema, typed(schema, text)).length === 0;
  const what = `${name} in ${place}: ${shown(text)}`;
  switch (place) {
    case "path":
      return { ...base, what, isGood, path: { [name]: text }, refusals: [404] };
    case "query":
      return { ...base, what, isGood, query: [[name, text]], pointer: `?${name}` };
    default:
      return { ...base, what, isGood, headers: { ...base.headers, [name]: text }, pointer: name };
  }
}

function asText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** A parameter is text. It counts as a number where a number is asked for and it is written as one. */
function typed({ type }: oas31.SchemaObject, text: string): unknown {
  return type === "integer" && /^(0|-?[1-9]\d*)$/.test(text) ? Number(text) : text;
}

/** Headers carry bytes and lose the white space around them; a path keeps its segments. */
function isSendable(place: string, text: string): boolean {
  switch (place) {
    case "header":
      return /^[\t\x20-\x7e\x80-\xff]*$/.test(text) && text.trim() === text;
    case "path":
      return text.isWellFormed() && text !== "" && !/^\.+$|[/\\]/.test(text);
    default:
      return text.isWellFormed();
  }
}

/** Refused wherever the operation refuses requests at all, as the document says once for all. */
export function ofUnknownParameters(scene: Scene): Attempt[] {
  const { base, operation } = scene;
  const known = parametersOf(scene).filter(({ in: place }) => place === "query");
  const isGood = operation.responses?.["400"] === undefined;
  const names = ["unknown", "__proto__", "limit", "q"];
  const strangers = names.filter((name) => known.every((parameter) => parameter.name !== name));
  return [
    ...strangers.map((name): Attempt => {
      const what = `${name} in query, which is unknown`;
      return { ...base, what, isGood, query: [[name, "1"]], pointer: `?${name}` };
    }),
    ...known.map(({ name }): Attempt => {
      const query: [string, string][] = [
        [name, "x"],
        [name, "x"],
      ];
      return { ...base, what: `${name} twice`, isGood: false, query, pointer: `?${name}` };
    }),
  ];
}
