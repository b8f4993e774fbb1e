import { z } from "zod";

const schemaForm = z.object({
  $ref: z.string().optional(),
  type: z.union([z.string(), z.array(z.string())]).optional(),
  format: z.string().optional(),
  description: z.string().default(""),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  default: z.unknown().optional(),
  example: z.unknown().optional(),
  required: z.array(z.string()).default([]),
  get items() {
    return schemaForm.optional();
  },
  get anyOf() {
    return z.array(schemaForm).optional();
  },
  get properties() {
    return z.record(z.string(), schemaForm).optional();
  },
});

/** What the reference says of a schema of the OpenAPI document. */
export type SchemaForm = z.output<typeof schemaForm>;

/** One member of an object, in words. */
export type SchemaMember = {
  name: string;
  type: string;
  /** The schema that the type names, if it names one. */
  schema: string | null;
  isRequired: boolean;
  description: string;
  example: string | null;
  standard: string | null;
};

/** Reads a schema of the OpenAPI document; none at all reads as one that says nothing. */
export function readSchema(schema: unknown): SchemaForm {
  return schemaForm.parse(schema ?? {});
}

/** The members of an object, or of all the objects that it can be. */
export function membersOf({ properties = {}, required, anyOf }: SchemaForm): SchemaMember[] {
  if (anyOf) {
    return membersOfAny(anyOf);
  }
  return Object.entries(properties).map(([name, member]) => ({
    name,
    type: typeOf(member),
    schema: schemaNameIn(member),
    isRequired: required.includes(name),
    description: member.description,
    example: member.example === undefined ? null : textOf(member.example),
    standard: member.default === undefined ? null : textOf(member.default),
  }));
}

/** A member counts as required where each of the objects requires it. */
function membersOfAny(alternatives: SchemaForm[]): SchemaMember[] {
  const members = alternatives.flatMap(membersOf);
  const firsts = new Map(members.toReversed().map((member) => [member.name, member]));
  return [...firsts.values()].toReversed().map((first) => {
    const same = members.filter(({ name }) => name === first.name);
    const isRequired = same.length === alternatives.length && same.every((one) => one.isRequired);
    return { ...first, type: [...new Set(same.map(({ type }) => type))].join(" | "), isRequired };
  });
}

/** The name of the schema that a schema refers to, its own or its items'. */
export function schemaNameIn({ $ref, items }: SchemaForm): string | null {
  if ($ref !== undefined) {
    return nameIn($ref);
  }
  return items ? schemaNameIn(items) : null;
}

/** The name at the end of a reference such as `#/components/schemas/Task`. */
export function nameIn(reference: string): string {
  return reference.split("/").at(-1) ?? "";
}

function typeOf(schema: SchemaForm): string {
  if (schema.$ref !== undefined) {
    return nameIn(schema.$ref);
  }
  if (schema.enum) {
    return schema.enum.map(textOf).join(" | ");
  }
  if (schema.const !== undefined) {
    return textOf(schema.const);
  }
  if (schema.anyOf) {
    return schema.anyOf.map(typeOf).join(" or ");
  }
  if (schema.items) {
    return `${typeOf(schema.items)}[]`;
  }
  return schema.format ?? `${[schema.type ?? "any"].flat().join(" or ")}${boundsOf(schema)}`;
}

function boundsOf({ minimum, maximum }: SchemaForm): string {
  if (minimum === undefined) {
    return "";
  }
  return maximum === undefined || maximum === Number.MAX_SAFE_INTEGER
    ? ` from ${minimum}`
    : ` from ${minimum} to ${maximum}`;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
