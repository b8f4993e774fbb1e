import "server-only";
import { z } from "zod";
import { headersOf } from "@/lib/openapi/headers";
import { parametersOf } from "@/lib/openapi/parameters";
import { failsWith } from "@/lib/openapi/problems";
import type { SitePaths } from "@/lib/openapi/site-paths";

const service = { tags: ["Service"], security: [], parameters: parametersOf() };

const health = z
  .strictObject({ status: z.literal("ok") })
  .meta({ id: "Health", description: "All is well.", example: { status: "ok" } });

/** What tells of the service itself. */
export const servicePaths: SitePaths = {
  "/api/openapi.json": {
    get: {
      ...service,
      operationId: "getOpenApiDocument",
      summary: "This document",
      responses: {
        200: {
          description: "The API as an OpenAPI 3.1 document. Pages of any origin may read it.",
          headers: headersOf(),
          content: {
            "application/json": {
              schema: {
                type: "object",
                required: ["openapi", "info", "paths"],
                properties: { openapi: { type: "string", pattern: "^3\\.1\\." } },
              },
            },
          },
        },
        ...failsWith("BadRequest", "Internal"),
      },
    },
  },
  "/api/health/live": {
    get: {
      ...service,
      operationId: "getLiveness",
      summary: "Is the process alive?",
      description: "Touches nothing, the database least of all.",
      responses: { 200: healthAnswer("It is."), ...failsWith("Internal") },
    },
  },
  "/api/health/ready": {
    get: {
      ...service,
      operationId: "getReadiness",
      summary: "Can it serve requests?",
      description:
        "Says no while the database is away, its migrations are not applied, or the process is ending.",
      responses: { 200: healthAnswer("It can."), ...failsWith("Internal", "Unavailable") },
    },
  },
};

function healthAnswer(description: string) {
  return {
    description,
    headers: headersOf(),
    content: { "application/json": { schema: health } },
  };
}
