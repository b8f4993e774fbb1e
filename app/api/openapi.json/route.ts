import { otherMethods } from "@/lib/http/other-methods";
import { route } from "@/lib/http/route";
import { openApiDocument } from "@/lib/openapi";

export const GET = route(async () =>
  Response.json(openApiDocument(), {
    headers: { "Cache-Control": "public, max-age=300", "Access-Control-Allow-Origin": "*" },
  }),
);

export const { OPTIONS, POST, PUT, PATCH, DELETE } = otherMethods("GET");
