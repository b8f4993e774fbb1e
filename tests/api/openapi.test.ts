import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { oas31 } from "zod-openapi";
import { errorTable } from "@/lib/errors";
import { openApiDocument } from "@/lib/openapi/openapi-document";
import { answer, call } from "@/tests/support/api";
import { apiRoutes } from "@/tests/support/routes";

const document = openApiDocument();
const methods = ["get", "put", "post", "patch", "delete"] as const;
const operations = operationsOf(document);

describe("the OpenAPI document", () => {
  it("is public, for pages of any origin, and kept a while", async () => {
    const served = await call("GET", "/api/openapi.json");
    expect(served.status).toBe(200);
    expect(served.body).toEqual(JSON.parse(JSON.stringify(document)));
    expect(served.headers.get("access-control-allow-origin")).toBe("*");
    expect(served.headers.get("cache-control")).toBe("public, max-age=300");
  });

  it("is of version 3.1 and names the site as its server", () => {
    expect(document.openapi).toMatch(/^3\.1\.\d$/);
    expect(openApiDocument("https://tasks.example").servers).toEqual([
      { url: "https://tasks.example" },
    ]);
  });

  it("refers only to what it holds", () => {
    const targets = objectsIn(document).flatMap(({ $ref }) =>
      typeof $ref === "string" ? [$ref] : [],
    );
    expect(targets.length).toBeGreaterThan(50);
    expect(targets.filter((target) => targetOf(target) === undefined)).toEqual([]);
  });

  it("uses every response that it describes, but for those of any path", () => {
    const text = JSON.stringify(document.paths);
    const unused = Object.keys(document.components?.responses ?? {}).filter(
      (name) => !text.includes(`"#/components/responses/${name}"`),
    );
    expect(unused).toEqual(["MethodNotAllowed", "Options"]);
  });

  it("lists every error of the table with its status, but for those of pages and of changes in a batch", () => {
    const listed = Object.values(document.components?.responses ?? {})
      .flatMap((response) => objectsIn(response))
      .flatMap((object) => statusedCodes.safeParse(object).data ?? [])
      .flatMap(({ status, code }) => code.enum.map((name) => [name, status.const]));
    const table = Object.entries(errorTable)
      .filter(([code]) => code !== "recent_sign_in_required" && code !== "failed_dependency")
      .map(([code, { status }]) => [code, status]);
    expect(new Set(listed.map(String))).toEqual(new Set(table.map(String)));
  });

  it("closes every object, so that nothing undocumented passes, but for what OAuth leaves open", () => {
    const { DeviceCodeInput, DeviceTokenInput, ...schemas } = document.components?.schemas ?? {};
    expect([DeviceCodeInput, DeviceTokenInput]).toEqual([
      expect.not.objectContaining({ additionalProperties: false }),
      expect.not.objectContaining({ additionalProperties: false }),
    ]);
    const open = objectsIn(schemas).filter(
      (schema) => schema.type === "object" && schema.additionalProperties !== false,
    );
    expect(open).toEqual([]);
  });

  it("has schemas that are JSON Schema 2020-12, and examples that fit them", () => {
    const ajv = new Ajv2020({ strict: true, strictTypes: false, allErrors: true });
    formats.default(ajv);
    ajv.addVocabulary(["example", "components"]);
    ajv.addSchema({ $id: "document", components: { schemas: document.components?.schemas } });
    for (const [name, schema] of Object.entries(document.components?.schemas ?? {})) {
      const validate = ajv.compile({ $ref: `document#/components/schemas/${name}` });
      if ("example" in schema) {
        validate(schema.example);
        expect(validate.errors, name).toBeNull();
      }
    }
  });
});

describe.each(operations)("$operation.operationId", ({ path, method, operation }) => {
  it("has a name of its own, a summary and a known tag", () => {
    const { operationId, summary, tags = [] } = operation;
    expect(operations.filter((other) => other.operation.operationId === operationId)).toHaveLength(
      1,
    );
    expect(summary).toMatch(/^[A-Z].+[^.]$/);
    expect(document.tags?.map(({ name }) => name)).toEqual(expect.arrayContaining(tags));
  });

  it("describes the parameters of its path, and only known credentials", () => {
    const inPath = (operation.parameters ?? []).flatMap((parameter) =>
      "in" in parameter && parameter.in === "path" && parameter.required ? [parameter.name] : [],
    );
    expect(inPath).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
    const schemes = (operation.security ?? []).flatMap((requirement) => Object.keys(requirement));
    expect(Object.keys(document.components?.securitySchemes ?? {})).toEqual(
      expect.arrayContaining(schemes),
    );
  });

  it("has a success, and describes each answer in words", () => {
    const responses = Object.entries(operation.responses ?? {});
    expect(responses.filter(([status]) => /^2\d\d$/.test(status))).not.toEqual([]);
    for (const [status, response] of responses) {
      expect(status).toMatch(/^[2-5]\d\d$/);
      expect(response.$ref ?? response.description).toMatch(/.+/);
    }
  });

  it("is offered by its route", async () => {
    const address = `http://localhost:3000${path.replace(/\{\w+\}/, crypto.randomUUID())}`;
    const response = await answer(new Request(address, { method: method.toUpperCase() }));
    expect(response.status).not.toBe(405);
  });
});

it("every method that a route offers is in the document", async () => {
  const documented = operations.map(({ path, method }) => `${method} ${path}`);
  const routes = apiRoutes().filter(({ path }) => !path.includes("..."));
  for (const { path } of routes) {
    const template = path.replaceAll(/\[(\w+)\]/g, "{$1}");
    const { headers } = await call("OPTIONS", path.replace(/\[\w+\]/, crypto.randomUUID()));
    const offered = (headers.get("allow") ?? "")
      .toLowerCase()
      .split(", ")
      .filter((method) => methods.some((known) => known === method));
    expect(documented).toEqual(
      expect.arrayContaining(offered.map((method) => `${method} ${template}`)),
    );
  }
  expect(routes.length).toBeGreaterThanOrEqual(7);
});

const statusedCodes = z.object({
  status: z.object({ const: z.int() }),
  code: z.object({ enum: z.array(z.string()) }),
});

function operationsOf({ paths = {} }: oas31.OpenAPIObject) {
  return Object.entries(paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method];
      return operation ? [{ path, method, operation }] : [];
    }),
  );
}

/** Every object within a value, the value itself among them. */
function objectsIn(value: unknown): Record<string, unknown>[] {
  if (Array.isArray(value)) {
    return value.flatMap(objectsIn);
  }
  const object = z.record(z.string(), z.unknown()).safeParse(value).data;
  return object ? [object, ...Object.values(object).flatMap(objectsIn)] : [];
}

function targetOf(pointer: string): unknown {
  let target: unknown = document;
  for (const name of pointer.replace("#/", "").split("/")) {
    target = z.record(z.string(), z.unknown()).safeParse(target).data?.[name];
  }
  return target;
}
