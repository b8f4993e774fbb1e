import { afterEach, describe, expect, it, vi } from "vitest";
import { guides } from "@/app/docs/guides";
import { apiMethods } from "@/lib/http/api-methods";
import { openApiDocument } from "@/lib/openapi/openapi-document";

const site = "http://localhost:3000";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

describe("/.well-known/api-catalog", () => {
  it("is a link set with the profile of RFC 9727 and says so in a header", async () => {
    const { GET } = await import("@/app/.well-known/api-catalog/route");
    const answer = GET();
    expect(answer.headers.get("content-type")).toBe(
      'application/linkset+json;profile="https://www.rfc-editor.org/info/rfc9727"',
    );
    expect(answer.headers.get("link")).toBe(`<${site}/.well-known/api-catalog>; rel="api-catalog"`);
    expect(await answer.json()).toEqual({
      linkset: [
        {
          anchor: `${site}/api`,
          "service-desc": [{ href: `${site}/api/openapi.json`, type: "application/json" }],
          "service-doc": [{ href: `${site}/docs`, type: "text/html" }],
          status: [{ href: `${site}/api/health/ready`, type: "application/json" }],
        },
        { anchor: `${site}/.well-known/api-catalog`, item: [{ href: `${site}/api` }] },
      ],
    });
    expect(Object.keys(apiMethods)).toEqual(
      expect.arrayContaining(["/api/openapi.json", "/api/health/ready"]),
    );
  });
});

describe("/.well-known/security.txt", () => {
  it("has the fields of RFC 9116 and ends within a year", async () => {
    const { GET } = await import("@/app/.well-known/security.txt/route");
    const answer = GET();
    const fields = fieldsOf(await answer.text());
    const expires = new Date(fields.Expires ?? "").getTime();
    expect(answer.headers.get("content-type")).toBe("text/plain; charset=utf-8");
    expect(fields).toEqual({
      Contact: "https://github.com/evo-todo/evo-todo/security/advisories/new",
      Expires: expect.stringMatching(/^\d{4}-\d\d-\d\dT00:00:00\.000Z$/),
      "Preferred-Languages": "en",
      Canonical: `${site}/.well-known/security.txt`,
    });
    expect(Math.ceil((expires - Date.now()) / 86_400_000)).toBe(180);
  });

  it("names the contact of the person who runs the site", async () => {
    vi.stubEnv("SECURITY_CONTACT", "mailto:security@example.com");
    vi.resetModules();
    const { GET } = await import("@/app/.well-known/security.txt/route");
    expect(fieldsOf(await GET().text()).Contact).toBe("mailto:security@example.com");
  });

  it("is where /security.txt leads to", async () => {
    const { GET } = await import("@/app/security.txt/route");
    expect([GET().status, GET().headers.get("location")]).toEqual([
      308,
      "/.well-known/security.txt",
    ]);
  });
});

it("/.well-known/change-password leads to where a password is changed", async () => {
  const { GET } = await import("@/app/.well-known/change-password/route");
  expect([GET().status, GET().headers.get("location")]).toEqual([302, "/settings/security"]);
});

describe("/llms.txt", () => {
  it("has the form of llmstxt.org: one title, a summary, lists of links", async () => {
    const { GET } = await import("@/app/llms.txt/route");
    const text = await GET().text();
    expect(GET().headers.get("content-type")).toBe("text/plain; charset=utf-8");
    expect(text).toMatch(/^# Evo-TODO\n\n> [^\n]+\n\n/);
    expect(text.match(/^# /gm)).toHaveLength(1);
    expect(text.match(/^## .+/gm)).toEqual(["## API", "## Guides"]);
    const links = [...text.matchAll(/^- \[[^\]]+\]\(([^)]+)\): \S/gm)].map(([, href]) => href);
    expect(links).toEqual([
      ...["/api/openapi.json", "/docs", "/api/auth/jwks"].map((path) => site + path),
      ...guides.map(({ path }) => site + path),
    ]);
  });

  it("names only addresses of the API that exist", async () => {
    const { GET } = await import("@/app/llms.txt/route");
    const named = [...(await GET().text()).matchAll(/http:\/\/localhost:3000(\/api[\w./-]*\w)/g)];
    const known = Object.keys(openApiDocument().paths ?? {});
    expect(named.map(([, path]) => path).filter((path = "") => !known.includes(path))).toEqual([]);
  });
});

it("the map of the site has the reference and every guide", async () => {
  const { default: sitemap } = await import("@/app/sitemap");
  const urls = sitemap().map(({ url }) => url);
  expect(urls).toEqual(
    expect.arrayContaining([`${site}/docs`, ...guides.map(({ path }) => site + path)]),
  );
});

function fieldsOf(text: string): Record<string, string> {
  const lines = text.trim().split("\n");
  return Object.fromEntries(lines.map((line) => line.split(/: (.*)/s).slice(0, 2)));
}
