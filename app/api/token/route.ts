import { emptyInput } from "@/lib/http/auth/auth-inputs";
import { apiKeyOf, exchangeKey } from "@/lib/http/exchange-key";
import { otherMethods } from "@/lib/http/other-methods";
import { readOptionalJson } from "@/lib/http/read-json";
import { refuseQuery } from "@/lib/http/read-query";
import { route } from "@/lib/http/route";

export const POST = route(async (request) => {
  const { token, expiresIn, scope } = await exchangeKey(request, apiKeyOf(request));
  refuseQuery(request);
  emptyInput.parse(await readOptionalJson(request));
  return Response.json({ token, tokenType: "Bearer", expiresIn, scope });
});

export const { OPTIONS, GET, PUT, PATCH, DELETE } = otherMethods("POST");
