import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import type { oas31 } from "zod-openapi";

export type Schema = oas31.SchemaObject | oas31.ReferenceObject;

const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

export type DocumentSchemas = {
  /** What is wrong with a value, by a schema of the document or one that refers to it. */
  faultsOf: (schema: Schema | undefined, value: unknown) => string[];
  /** The schema that a reference leads to, or the schema itself. */
  resolve: (schema: Schema) => oas31.SchemaObject;
};

/** The schemas of an OpenAPI document, to check values by (JSON Schema 2020-12). */
export function documentSchemas(document: oas31.OpenAPIObject): DocumentSchemas {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  ajv.addFormat("uuid", uuid);
  // The library's form of an address is narrower than the standard; a pattern stands beside ours.
  ajv.addFormat("email", true);
  ajv.addSchema(document, "document");
  const compiled = new Map<string, ValidateFunction>();

  function compile(text: string): ValidateFunction {
    const validate =
      compiled.get(text) ?? ajv.compile(JSON.parse(text.replaceAll('"#/', '"document#/')));
    compiled.set(text, validate);
    return validate;
  }

  function resolve(schema: Schema): oas31.SchemaObject {
    if (!("$ref" in schema)) {
      return schema;
    }
    const named = document.components?.schemas?.[schema.$ref?.split("/").at(-1) ?? ""];
    if (!named) {
      throw new Error(`The document does not hold ${schema.$ref}.`);
    }
    return resolve(named);
  }

  return {
    faultsOf(schema, value) {
      const validate = compile(JSON.stringify(schema ?? {}));
      validate(value);
      return (validate.errors ?? []).map(
        ({ instancePath, message, params }) =>
          `${instancePath} ${message} ${JSON.stringify(params)}`,
      );
    },
    resolve,
  };
}
