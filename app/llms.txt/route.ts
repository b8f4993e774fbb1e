import { guides } from "@/app/docs/guides";
import { env } from "@/lib/env";

/** What a language model should read to work with this site (llmstxt.org). */
export function GET(): Response {
  return new Response(text(env.baseUrl), {
    headers: {
      "Content-Type": "text/plain; charset=utf-8",
      "Cache-Control": "public, max-age=3600",
    },
  });
}

function text(site: string): string {
  const links = guides.map(
    ({ path, title, summary }) => `- [${title}](${site}${path}): ${summary}`,
  );
  return `# Evo-TODO

> A to-do list for people and programs. Everything the pages do with tasks, a program can do over HTTP with JSON and a bearer token.

To get a token:

- With an API key, which a person makes in ${site}/settings/api-keys: POST ${site}/api/token with the header \`x-api-key: <key>\`, no body. The answer is {"token", "tokenType", "expiresIn", "scope"}.
- Without one, on somebody's machine: the device flow of RFC 8628, at ${site}/api/auth/device/code and ${site}/api/auth/device/token.

Send it as \`Authorization: Bearer <token>\` to ${site}/api/tasks. On 401 with the code \`token_expired\` fetch another and repeat the request. Never ask a person for their password.

Errors are problem documents (RFC 9457) with a stable \`code\`. Unknown members and query parameters are refused, but for the two requests of the device flow, which ignore unknown members as OAuth demands. An update changes what is sent and leaves the rest alone. Send an \`Idempotency-Key\` with a create, and \`If-Match\` with a change, so that a repeat does no harm and nobody's change is overwritten.

## API

- [OpenAPI document](${site}/api/openapi.json): every endpoint, member and error, OpenAPI 3.1
- [API reference](${site}/docs): the same for people, with a way to try each request
- [Published keys](${site}/api/auth/jwks): what tokens are signed with

## Guides

${links.join("\n")}
`;
}
