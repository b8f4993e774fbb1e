import { env } from "@/lib/env";

// RFC 9727, section 4, wants this profile of RFC 9264.
const linkset = 'application/linkset+json;profile="https://www.rfc-editor.org/info/rfc9727"';

/** Where this site's API, its description, its documentation and its health are (RFC 9727). HEAD goes the same way. */
export function GET(): Response {
  const site = env.baseUrl;
  const catalog = `${site}/.well-known/api-catalog`;
  const body = {
    linkset: [
      {
        anchor: `${site}/api`,
        "service-desc": [{ href: `${site}/api/openapi.json`, type: "application/json" }],
        "service-doc": [{ href: `${site}/docs`, type: "text/html" }],
        status: [{ href: `${site}/api/health/ready`, type: "application/json" }],
      },
      { anchor: catalog, item: [{ href: `${site}/api` }] },
    ],
  };
  return new Response(`${JSON.stringify(body, null, 2)}\n`, {
    headers: {
      "Content-Type": linkset,
      "Cache-Control": "public, max-age=3600",
      Link: `<${catalog}>; rel="api-catalog"`,
    },
  });
}
