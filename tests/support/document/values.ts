import fc from "fast-check";
import type { oas31 } from "zod-openapi";
import type { DocumentSchemas } from "@/tests/support/document/schemas";

const sampleCount = 8;
const someCount = 12;
const someItems = 3;

/** Lengths that show a bound which the document does not state. */
const lengths = [0, 1, 2, 8, 16, 32, 64, 100, 128, 256, 512, 1_024, 4_096];

/** One unit of UTF-16 and one byte, one and two, two and four. */
const letters = ["a", "é", "😀"];

const oddValues = [null, true, 0, 1, -1, 1.5, [], ["a"], {}, { contains: "" }];

const oddTexts = [
  ...["", " ", "\u00a0\ufeff", "\t\n", "\0", "a\0b", "\ud800", "a\udc00", "null", "true", "*"],
  ...["a\u202eb", "a\u200bb", "a\u200eb", "a\u001bb", "a\u2028b", "e\u0301", "ﬀ", "中文", "عربى"],
  ...["javascript:alert(1)", " Data:x", "a, b", "a b", "a;b", '"', '""', '"a"', '"a', 'W/"1"'],
  ...["0000-01-01", "0001-01-01", "9999-12-31", "10000-01-01", "2023-02-29", "2024-02-29"],
  ...["2024-02-30", "2024-1-1", "2024-01-01T00:00:00Z", "01", "+1", "1.0", "1e1", "-0", "0x1"],
  ...["o&m@example.com", "ADA@Example.COM", "a@b", "a..b@example.com", "ä@example.com", "a@1"],
  ...["00000000-0000-0000-0000-000000000000", "urn:uuid:00000000-0000-0000-0000-000000000000"],
  ...["{00000000-0000-0000-0000-000000000000}", "00000000000000000000000000000000"],
  ...["tasks:read", "tasks:read tasks:write", "tasks:read  tasks:read", "tasks:all", "TASKS:READ"],
];

/**
 * Values to try where a schema stands, good ones and bad ones: all of its own, those of the lengths
 * and numbers at its bounds and one beyond, and by the seed some of the odd ones of every type, of
 * random ones that fit, and of those with a fault put in. Each stands once.
 */
export function valuesFor(schemas: DocumentSchemas, schema: oas31.SchemaObject, seed: number) {
  const own = alternativesOf(schemas, schema).flatMap((alternative) => [
    ...(alternative.enum ?? []),
    ...numbersAround(alternative),
    ...textsAround(alternative),
  ]);
  const samples = samplesOf(schemas, schema, seed, sampleCount).flatMap(withFaults);
  const values = [
    ...own,
    ...someOf([...oddValues, ...oddTexts, ...lengths.map((length) => "a".repeat(length))], seed),
    ...someOf(samples, seed),
  ];
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}

/** By the seed, a dozen of many. */
function someOf<Value>(values: Value[], seed: number): Value[] {
  const [chosen = []] = fc.sample(
    fc.shuffledSubarray(values, { minLength: Math.min(someCount, values.length) }),
    { seed, numRuns: 1 },
  );
  return chosen.slice(0, someCount);
}

const drawn = new Map<string, unknown[]>();

/** Random values that fit a schema; the same seed gives the same ones. */
export function samplesOf(
  schemas: DocumentSchemas,
  schema: oas31.SchemaObject,
  seed: number,
  count: number,
): unknown[] {
  const name = `${seed} ${count} ${JSON.stringify(schema)}`;
  const known = drawn.get(name);
  if (known) {
    return known;
  }
  const fitting = arbitraryOf(schemas, schema).filter(
    (value) => schemas.faultsOf(schema, value).length === 0,
  );
  const samples = fc.sample(fitting, { seed, numRuns: count });
  drawn.set(name, samples);
  return samples;
}

function arbitraryOf(schemas: DocumentSchemas, schema: oas31.SchemaObject): fc.Arbitrary<unknown> {
  const [first, ...others] = alternativesOf(schemas, schema);
  if (first && others.length > 0) {
    return fc.oneof(...[first, ...others].map((one) => arbitraryOf(schemas, one)));
  }
  if (schema.const !== undefined || schema.enum) {
    return fc.constantFrom(...(schema.enum ?? [schema.const]));
  }
  if (Array.isArray(schema.type)) {
    return fc.oneof(...schema.type.map((type) => arbitraryOf(schemas, { ...schema, type })));
  }
  switch (schema.type) {
    case "array":
      return fc.array(arbitraryOf(schemas, schemas.resolve(schema.items ?? {})), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.max(schema.minItems ?? 0, someItems),
      });
    case undefined:
      return fc.constantFrom(...oddValues);
    case "object":
      return objectOf(schemas, schema);
    case "string":
      return textOf(schema);
    case "integer":
      return fc.integer({ min: schema.minimum ?? 0, max: schema.maximum ?? 1_000 });
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    default:
      throw new Error(`There is no generator for ${JSON.stringify(schema)}.`);
  }
}

function objectOf(schemas: DocumentSchemas, schema: oas31.SchemaObject): fc.Arbitrary<unknown> {
  const members = Object.entries(schema.properties ?? {}).map(
    ([name, member]) => [name, arbitraryOf(schemas, schemas.resolve(member))] as const,
  );
  return fc.record(Object.fromEntries(members), {
    requiredKeys: schema.required ?? [],
    noNullPrototype: true,
  });
}

function textOf({ format, pattern, minLength = 0, maxLength = 64 }: oas31.SchemaObject) {
  switch (format) {
    case "email":
      return fc.emailAddress();
    case "uuid":
      return fc.uuid();
    case "date":
      return fc
        .date({ min: new Date("0001-01-01"), max: new Date("9999-12-31"), noInvalidDate: true })
        .map((date) => date.toISOString().slice(0, 10));
    case undefined:
      // A pattern that looks ahead, or stands beside a bound, is left to the filter.
      return pattern === undefined || minLength > 1 || pattern.includes("(?!")
        ? fc.string({ unit: "grapheme", minLength, maxLength: Math.min(maxLength, 100) })
        : fc.stringMatching(new RegExp(pattern, "u"));
    default:
      throw new Error(`There is no generator for the format ${format}.`);
  }
}

/** The schemas of which a value fits one. */
export function alternativesOf(
  schemas: DocumentSchemas,
  schema: oas31.SchemaObject,
): oas31.SchemaObject[] {
  const either = schema.anyOf ?? schema.oneOf;
  return either ? either.flatMap((one) => alternativesOf(schemas, schemas.resolve(one))) : [schema];
}

function numbersAround({ minimum, maximum }: oas31.SchemaObject): number[] {
  return [minimum, maximum].flatMap((bound) =>
    bound === undefined ? [] : [bound - 1, bound, bound + 1],
  );
}

function textsAround(schema: oas31.SchemaObject): string[] {
  if (schema.type !== "string" || schema.enum || schema.const !== undefined) {
    return [];
  }
  const bounds = boundsIn(schema).flatMap((bound) => [bound - 1, bound, bound + 1, bound + 2]);
  const near = [...new Set(bounds)].filter((length) => length >= 0);
  return [
    // They show bounds that the document does not state.
    ...["", "a", "\0", "\ud800", " ", "a".repeat(4_096)],
    ...near.flatMap((length) => letters.map((letter) => letter.repeat(length))),
    ...near.map((length) => `"${"a".repeat(length)}"`),
  ];
}

/** The lengths that a schema names, those in its pattern among them. */
function boundsIn({ minLength, maxLength, pattern = "" }: oas31.SchemaObject): number[] {
  const inPattern = [...pattern.matchAll(/\{(\d+)(?:,(\d+))?\}/g)].flatMap(([, from, to]) => [
    Number(from),
    ...(to === undefined ? [] : [Number(to)]),
  ]);
  return [minLength, maxLength, ...inPattern].filter((bound) => bound !== undefined);
}

function withFaults(value: unknown, index: number): unknown[] {
  return typeof value === "string" && index < 2
    ? [
        value,
        value.toUpperCase(),
        ` ${value}`,
        `${value} `,
        `${value}\0`,
        `${value}\ud800`,
        `${value}x`,
        `.${value}`,
        value.slice(0, -1),
      ]
    : [value];
}

/** A value in a line of a report. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 60 ? `${text.slice(0, 40)}… (${text.length} characters)` : text;
}
