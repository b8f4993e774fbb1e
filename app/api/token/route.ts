import { apiKeyOf, exchangeApiKey } from "@/lib/http/auth/exchange-api-key";
import { otherMethods } from "@/lib/http/other-methods";
import { refuseBody } from "@/lib/http/read-json";
import { refuseQuery } from "@/lib/http/read-query";
import { route } from "@/lib/http/route";

export const POST = route(async (request) => {
  const { token, expiresIn, scope } = await exchangeApiKey(request, apiKeyOf(request));
  refuseQuery(request);
  await refuseBody(request);
  return Response.json({ token, tokenType: "Bearer", expiresIn, scope });
});

export const { OPTIONS, GET, PUT, PATCH, DELETE } = otherMethods("/api/token");
