import "server-only";
import { createDocument, type oas31, type ZodOpenApiObject } from "zod-openapi";
import { sessionCookieName } from "@/lib/auth/site";
import { env } from "@/lib/env";
import { authPaths } from "@/lib/openapi/auth-paths";
import { answerHeaders } from "@/lib/openapi/headers";
import { pathsOf } from "@/lib/openapi/operation-paths";
import { requestHeaders } from "@/lib/openapi/parameters";
import { failureResponses, problem } from "@/lib/openapi/problems";
import { programPaths } from "@/lib/openapi/program-paths";
import { servicePaths } from "@/lib/openapi/service-paths";
import { operations } from "@/lib/operations/operations";

const description = `Keep tasks from scripts and other programs.

Make an API key in Settings, exchange it for a token at \`/api/token\` and send that as \`Authorization: Bearer <token>\`. Every answer carries \`X-Request-Id\` and \`Cache-Control\`, which is \`no-store\` but for this document and the public keys; every error is a problem document (RFC 9457) with a stable \`code\`.

\`HEAD\` answers as \`GET\` without a body, \`OPTIONS\` with 204 and \`Allow\`, and a method that is not offered with 405 and \`Allow\`. Unknown members and query parameters are refused, but for the two requests of the device flow, which ignore unknown members as OAuth demands, and the health checks, which look at no query.`;

const tags = [
  { name: "Programs", description: "How a program comes by a token." },
  { name: "Sign-in", description: "How a person, or a script with a cookie jar, signs in." },
  { name: "Tasks", description: "Your tasks, and nobody else's." },
  {
    name: "Sync",
    description:
      "Changes as data: several at once, the feed of what has changed, and a device's own.",
  },
  { name: "Service", description: "The service itself." },
];

const built = new Map<string, oas31.OpenAPIObject>();

/**
 * The OpenAPI 3.1 document of the API, from the schemas and the error table.
 *
 * @param baseUrl the origin that the document names as its server
 */
export function openApiDocument(baseUrl = env.baseUrl): oas31.OpenAPIObject {
  const document = built.get(baseUrl) ?? build(baseUrl);
  built.set(baseUrl, document);
  return document;
}

function build(baseUrl: string): oas31.OpenAPIObject {
  const document: ZodOpenApiObject = {
    openapi: "3.1.1",
    info: {
      title: "Evo-TODO",
      version: "1.0.0",
      description,
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: baseUrl }],
    tags,
    security: [{ bearerAuth: [] }],
    paths: { ...programPaths, ...authPaths, ...pathsOf(operations), ...servicePaths },
    components: {
      schemas: { Problem: problem },
      headers: answerHeaders,
      parameters: requestHeaders,
      responses: {
        ...failureResponses(),
        Options: {
          description: "The methods that are offered here. No body.",
          headers: { Allow: { $ref: "#/components/headers/Allow" } },
        },
      },
      securitySchemes: {
        bearerAuth: {
          type: "http",
          scheme: "bearer",
          bearerFormat: "JWT",
          description:
            "A token of `POST /api/token` or `GET /api/auth/token`. Scopes: `tasks:read`, `tasks:write`.",
        },
        apiKey: {
          type: "apiKey",
          in: "header",
          name: "x-api-key",
          description: "An API key, made in Settings. It is good for tokens and nothing else.",
        },
        session: {
          type: "apiKey",
          in: "cookie",
          name: sessionCookieName(baseUrl),
          description: "The cookie of a sign-in. The task API does not look at it.",
        },
      },
    },
  };
  return createDocument(document, { override: ({ jsonSchema }) => writePlainly(jsonSchema) });
}

/**
 * A format says it shorter than the pattern that zod writes beside it; of a moment we promise the
 * milliseconds. The patterns of addresses and dates are ours and say more than their formats.
 */
function writePlainly(schema: { format?: string; pattern?: string }): void {
  if (schema.format === "date-time") {
    schema.pattern = "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$";
  } else if (schema.format !== undefined && !["email", "date"].includes(schema.format)) {
    delete schema.pattern;
  }
}
