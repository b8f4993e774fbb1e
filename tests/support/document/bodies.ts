import type { oas31 } from "zod-openapi";
import type { Attempt, Scene } from "@/tests/support/document/attempts";
import { contentOf, formType, jsonType, noJson } from "@/tests/support/document/media-types";
import { alternativesOf, samplesOf, shown, valuesFor } from "@/tests/support/document/values";

const wholeBodies = 12;

/** Whole bodies, each member with each of its values, missing and unknown members, and values that are not bodies. */
export function ofBodies(scene: Scene): Attempt[] {
  const content = Object.entries(contentOf(scene) ?? {});
  return content.flatMap(([type, { schema: referred }]) => {
    const schema = scene.schemas.resolve(referred ?? {});
    const variants = alternativesOf(scene.schemas, schema);
    return [
      ...samplesOf(scene.schemas, schema, scene.seed, wholeBodies).flatMap((value) => {
        const body = { ...Object(value), ...scene.ground.members?.() };
        return ofBody(scene, type, schema, "the whole body", body);
      }),
      ...variants.flatMap((variant) => ofMembers(scene, type, schema, variant)),
      ...ofSyntax(scene, type, schema),
    ];
  });
}

/** The body of the base request, and the media type that goes with it. */
export function bodyThatSucceeds(scene: Scene): Pick<Attempt, "headers" | "body"> {
  const types = Object.keys(contentOf(scene) ?? {});
  const type = types.includes(jsonType) ? jsonType : types[0];
  const schema = type === undefined ? undefined : contentOf(scene)?.[type]?.schema;
  if (type === undefined || !schema) {
    return { headers: scene.base.headers };
  }
  const members = scene.ground.success?.() ?? baseOf(scene, scene.schemas.resolve(schema));
  return written(scene.base, type, members);
}

/** The members that a body has to have, and no others where one is enough. */
function baseOf({ schemas, ground, seed }: Scene, schema: oas31.SchemaObject) {
  const { properties = {}, required = [], minProperties = 0 } = schema;
  const needed = [...required, ...Object.keys(properties)].slice(
    0,
    Math.max(required.length, minProperties),
  );
  const members = needed.map((name) => {
    const samples = samplesOf(schemas, schemas.resolve(properties[name] ?? {}), seed, 8);
    // A form says nothing by an empty value.
    return [name, samples.find((sample) => sample !== "")];
  });
  return { ...Object.fromEntries(members), ...ground.members?.() };
}

function written(base: Attempt, type: string, members: unknown): Pick<Attempt, "headers" | "body"> {
  const headers = { ...base.headers, "Content-Type": type };
  return type === formType
    ? { headers, body: new URLSearchParams(asForm(members)).toString() }
    : { headers, body: JSON.stringify(members) };
}

function asForm(members: unknown): [string, string][] {
  return Object.entries(members ?? {}).map(([name, value]) => [name, String(value)]);
}

function ofMembers(
  scene: Scene,
  type: string,
  whole: oas31.SchemaObject,
  variant: oas31.SchemaObject,
): Attempt[] {
  const { properties = {}, required = [] } = variant;
  const own = Object.entries(properties).flatMap(([name, member]) => {
    const schema = scene.schemas.resolve(member);
    return valuesFor(scene.schemas, schema, scene.seed).map((value) => [name, value] as const);
  });
  const [firstType] = Object.keys(contentOf(scene) ?? {});
  const strangers = type === firstType ? strangersTo(scene, whole) : [];
  return [
    ...[...own, ...strangers].flatMap(([name, value]) => {
      const body = withMember(baseOf(scene, variant), name, value);
      const what = `/${name}: ${shown(value)}`;
      return ofBody(scene, type, whole, what, body, `/${name}`);
    }),
    ...required.flatMap((name) => {
      const { [name]: _left, ...body } = baseOf(scene, variant);
      return ofBody(scene, type, whole, `no /${name}`, body, `/${name}`);
    }),
  ];
}

/** What a body of another schema has, and names that objects have by themselves. */
function strangersTo({ document, schemas }: Scene, schema: oas31.SchemaObject) {
  const known = alternativesOf(schemas, schema).flatMap(({ properties = {} }) =>
    Object.keys(properties),
  );
  const others = Object.values(document.components?.schemas ?? {})
    .flatMap((other) => Object.entries(schemas.resolve(other).properties ?? {}))
    .map(([name, member]): [string, unknown] => {
      const { example, enum: names } = schemas.resolve(member);
      return [name, example ?? names?.[0] ?? "x"];
    });
  const strange = new Map<string, unknown>([...others, ["__proto__", {}], ["toString", "x"]]);
  return [...strange].filter(([name]) => !known.includes(name));
}

/** An assignment to __proto__ would make no member of it. */
function withMember(body: object, name: string, value: unknown): Record<string, unknown> {
  const others = Object.entries(body).filter(([other]) => other !== name);
  return Object.fromEntries([...others, [name, value]]);
}

function ofBody(
  scene: Scene,
  type: string,
  schema: oas31.SchemaObject,
  what: string,
  body: Record<string, unknown>,
  pointer?: string,
): Attempt[] {
  const { base, schemas } = scene;
  const members = type === formType ? formMembers(body) : body;
  if (members === undefined) {
    return [];
  }
  const isGood = schemas.faultsOf(schema, members).length === 0;
  const name = `${what} as ${type}`;
  return [
    { ...base, ...written(base, type, body), what: name, isGood, ...(pointer && { pointer }) },
  ];
}

/** What a form says: text, and nothing where it is empty. Not every body is one. */
function formMembers(body: Record<string, unknown>): Record<string, string> | undefined {
  const entries = Object.entries(body);
  const texts = entries.flatMap(([name, value]) =>
    typeof value === "string" && value.isWellFormed() ? [[name, value] as const] : [],
  );
  return texts.length < entries.length
    ? undefined
    : Object.fromEntries(texts.filter(([, value]) => value !== ""));
}

/** Bodies that are not an object, or not even JSON, and one that is far too long. */
function ofSyntax(scene: Scene, type: string, schema: oas31.SchemaObject): Attempt[] {
  const { base, operation } = scene;
  const isOptional = !(
    operation.requestBody &&
    "required" in operation.requestBody &&
    operation.requestBody.required
  );
  const headers = { ...base.headers, "Content-Type": type };
  const roots = [null, [], "text", 1, true].map((root) => JSON.stringify(root));
  const attempt = (body: string, refusals: number[], isGood = false): Attempt => {
    return { ...base, what: `${shown(body)} as ${type}`, isGood, headers, body, refusals };
  };
  const { bodyBytesMax = 2 ** 18 } = scene.ground;
  const long = JSON.stringify({ a: "a".repeat(bodyBytesMax) });
  return type === formType
    ? [attempt("client_id=a&client_id=a", [400]), attempt("client_id=%ff", [400])]
    : [
        ...[...roots, ...noJson].map((body) => attempt(body, [400], isOptional && body === "")),
        attempt(long, [413]),
        { ...attempt("{}", [400]), isGood: scene.schemas.faultsOf(schema, {}).length === 0 },
        { ...base, what: "no body", isGood: isOptional, refusals: [400, 415] },
      ];
}
