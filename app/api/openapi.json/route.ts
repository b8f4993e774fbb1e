import { otherMethods } from "@/lib/http/other-methods";
import { refuseQuery } from "@/lib/http/read-query";
import { route } from "@/lib/http/route";
import { openApiDocument } from "@/lib/openapi/openapi-document";

export const GET = route(async (request) => {
  refuseQuery(request);
  return Response.json(openApiDocument(), {
    headers: { "Cache-Control": "public, max-age=300", "Access-Control-Allow-Origin": "*" },
  });
});

export const { OPTIONS, POST, PUT, PATCH, DELETE } = otherMethods("/api/openapi.json");
