import "server-only";
import { z } from "zod";
import type { oas31 } from "zod-openapi";
import { deviceKeyDays } from "@/lib/account/limits";
import { text } from "@/lib/http/auth/auth-inputs";
import {
  deviceCodeInput,
  deviceGrantInput,
  refreshGrantInput,
} from "@/lib/http/auth/device-inputs";
import { headersOf } from "@/lib/openapi/headers";
import { parametersOf } from "@/lib/openapi/parameters";
import { failsWith, problem } from "@/lib/openapi/problems";
import type { SitePaths } from "@/lib/openapi/site-paths";
import { scopes } from "@/lib/operations/scopes";

const program = { tags: ["Programs"], security: [], parameters: parametersOf() };
const anyTime = ["Internal", "Unavailable"] as const;
const formType = "application/x-www-form-urlencoded";
const oauthHeaders: Record<number, string[]> = { 415: ["Accept-Post"], 429: ["Retry-After"] };

const scope = z.string().meta({
  description: "What the token may do, space-separated.",
  example: "tasks:read tasks:write",
});
const seconds = z.int().min(0);
const jwt = "eyJhbGciOiJFZERTQSIsImtpZCI6…";
const name = deviceCodeInput.shape.client_id.meta({
  description: "What the tool calls itself. The person reads it.",
  example: "todo-cli",
});

const keyToken = z
  .strictObject({
    token: z.string().meta({ description: "The JWT.", example: jwt }),
    tokenType: z.literal("Bearer").meta({ description: "How to send it." }),
    expiresIn: seconds.meta({ description: "For how many seconds it is good.", example: 900 }),
    scope,
  })
  .meta({ id: "KeyToken", description: "A bearer token for the task API, of an API key." });

const deviceCodeBody = z
  .object({
    client_id: name,
    scope: text
      .meta({
        description: "What to ask for, space-separated. Without it, all.",
        example: "tasks:read tasks:write",
        pattern: `^ *(?:(?:${scopes.join("|")})(?: +|$))*$`,
      })
      .exactOptional(),
  })
  .meta({
    id: "DeviceCodeInput",
    description: "A tool that asks to be let in. Other parameters are ignored.",
    example: { client_id: "todo-cli", scope: "tasks:read" },
  });

const deviceCodes = z
  .strictObject({
    device_code: z.string().meta({ description: "What the tool asks for a token with." }),
    user_code: z.string().meta({ description: "What the person types.", example: "WDJB-MJHT" }),
    verification_uri: z.url().meta({ description: "Where the person types it." }),
    verification_uri_complete: z.url().meta({ description: "The same page with the code on it." }),
    expires_in: seconds.meta({ description: "For how many seconds the codes are good." }),
    interval: seconds.meta({ description: "How many seconds to wait between two requests." }),
  })
  .meta({ id: "DeviceCodes", description: "The answer of RFC 8628, section 3.2." });

const deviceGrantBody = deviceGrantInput.extend({
  grant_type: z
    .literal("urn:ietf:params:oauth:grant-type:device_code")
    .meta({ description: "What is exchanged." }),
  device_code: text.meta({ description: "The tool's code." }),
  client_id: text.meta({
    description: "With `device_code`: the name that it was issued to.",
    example: "todo-cli",
  }),
});

const refreshGrantBody = refreshGrantInput.extend({
  grant_type: z.literal("refresh_token").meta({ description: "What is exchanged." }),
  refresh_token: text.meta({ description: "With `refresh_token`: the API key." }),
});

const grantBody = z.union([deviceGrantBody, refreshGrantBody]).meta({
  id: "DeviceTokenInput",
  description: "A code, or an API key, for a token. Other parameters are ignored.",
  example: { grant_type: "refresh_token", refresh_token: "evo_…" },
});

const deviceToken = z
  .strictObject({
    access_token: z.string().meta({ description: "The JWT.", example: jwt }),
    token_type: z.literal("Bearer").meta({ description: "How to send it." }),
    expires_in: seconds.meta({ description: "For how many seconds it is good.", example: 900 }),
    scope,
    refresh_token: z.string().meta({
      description: `An API key for new tokens, here or at \`/api/token\`. It lasts ${deviceKeyDays} days.`,
    }),
  })
  .meta({ id: "DeviceToken", description: "A token, and what to get the next one with." });

const oauthProblem = problem
  .extend({
    error: z
      .enum([
        "invalid_request",
        "invalid_grant",
        "invalid_scope",
        "unsupported_grant_type",
        "authorization_pending",
        "slow_down",
        "access_denied",
        "expired_token",
        "temporarily_unavailable",
      ])
      .meta({ description: "The error for a client of OAuth 2.0." }),
    error_description: z.string().meta({ description: "The same as `detail`." }),
  })
  .meta({ id: "OauthProblem", description: "An error (RFC 6749, section 5.2, and RFC 9457)." });

/** How a program comes by a token without a browser of its own. */
export const programPaths: SitePaths = {
  "/api/token": {
    post: {
      ...program,
      security: [{ apiKey: [] }],
      operationId: "exchangeApiKey",
      summary: "Exchange an API key for a token",
      description:
        "A JWT for the task API with the scopes of the key, good for 15 minutes unless the site says otherwise, and for no longer than its key. Make keys in Settings.",
      responses: {
        200: answerWith("The token.", keyToken),
        ...failsWith("BadBody", "KeyRefused", "EmailNotVerified", "PayloadTooLarge"),
        ...failsWith("UnsupportedMediaType", "RateLimited", ...anyTime),
      },
    },
  },
  "/api/auth/device/code": {
    post: {
      ...program,
      operationId: "startDevice",
      summary: "Ask to be let in",
      description:
        "For a tool without a browser (RFC 8628): show the person the code and the page, then ask for the token.",
      requestBody: formOrJson(deviceCodeBody),
      responses: {
        200: answerWith("The codes.", deviceCodes),
        ...oauthFailures(400, 413, 415, 429),
        ...failsWith(...anyTime),
      },
    },
  },
  "/api/auth/device/token": {
    post: {
      ...program,
      operationId: "getDeviceToken",
      summary: "Fetch a token for a tool",
      description:
        "Asked again and again until the person has decided; then with `refresh_token` whenever a new token is needed. Settings show what was let in as an API key.",
      requestBody: formOrJson(grantBody),
      responses: {
        200: answerWith("The token.", deviceToken),
        ...oauthFailures(400, 403, 409, 413, 415, 429),
        ...failsWith(...anyTime),
      },
    },
  },
};

function answerWith(description: string, schema: z.ZodType) {
  return { description, headers: headersOf(), content: { "application/json": { schema } } };
}

function formOrJson(schema: z.ZodType) {
  return { required: true, content: { [formType]: { schema }, "application/json": { schema } } };
}

/** A request from another site or host is refused before OAuth has a word in it, as everywhere. */
function oauthFailures(...statuses: number[]) {
  return Object.fromEntries(statuses.map((status) => [status, oauthFailure(status)]));
}

function oauthFailure(status: number) {
  const problemOnly: oas31.ReferenceObject = { $ref: "#/components/schemas/Problem" };
  return {
    description:
      "What went wrong is in `error`; where OAuth has no word for it, `code` says it exactly.",
    headers: headersOf(...(oauthHeaders[status] ?? [])),
    content: {
      "application/json": { schema: oauthProblem },
      ...(status === 400 && { "application/problem+json": { schema: problemOnly } }),
    },
  };
}
