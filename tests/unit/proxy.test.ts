import { NextRequest } from "next/server";
import { afterEach, describe, expect, it, vi } from "vitest";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

async function visit(path: string, headers: Record<string, string> = {}, mode = "production") {
  vi.stubEnv("NODE_ENV", mode);
  vi.resetModules();
  const { proxy } = await import("@/proxy");
  return proxy(new NextRequest(new URL(path, "http://localhost:3000"), { headers }));
}

function nonceOf(policy: string | null): string | undefined {
  return /'nonce-([^']+)'/.exec(policy ?? "")?.[1];
}

describe("every page", () => {
  it("carries the security headers, and no HSTS over plain http", async () => {
    const { headers } = await visit("/");
    const nonce = nonceOf(headers.get("content-security-policy"));
    expect(headers.get("content-security-policy")).toBe(
      `default-src 'none'; script-src 'nonce-${nonce}' 'strict-dynamic'; style-src 'self' 'nonce-${nonce}'; img-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`,
    );
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("referrer-policy")).toBe("strict-origin-when-cross-origin");
    expect(headers.get("cross-origin-opener-policy")).toBe("same-origin");
    expect(headers.get("cross-origin-resource-policy")).toBe("same-origin");
    expect(headers.get("strict-transport-security")).toBeNull();
  });

  it("allows no feature but passkeys and writing to the clipboard", async () => {
    const { headers } = await visit("/");
    const features = (headers.get("permissions-policy") ?? "").split(", ");
    const allowed = features.filter((feature) => !feature.endsWith("=()"));
    expect(allowed).toEqual([
      "publickey-credentials-create=(self)",
      "publickey-credentials-get=(self)",
      "clipboard-write=(self)",
    ]);
    expect(features).toContain("camera=()");
  });

  it.each([
    "/reset-password?token=x",
    "/verify-email?token=x",
    "/confirm-email-change?token=x",
    "/sign-in?next=/confirm-email-change%3Ftoken%3Dx",
  ])("tells nobody the address %s, which holds the token of a mail", async (path) => {
    const { headers } = await visit(path);
    expect(headers.get("referrer-policy")).toBe("no-referrer");
  });

  it("has a nonce of its own, whatever nonce the visitor sends", async () => {
    const first = await visit("/", { "x-nonce": "theirs" });
    const second = await visit("/", { "x-nonce": "theirs" });
    const nonces = [first, second].map(({ headers }) =>
      nonceOf(headers.get("content-security-policy")),
    );
    expect(new Set(nonces).size).toBe(2);
    expect(first.headers.get("x-middleware-request-x-nonce")).toBe(nonces[0]);
  });

  it("asks for https for two years once it came over https to Vercel", async () => {
    const elsewhere = await visit("/", { "x-forwarded-proto": "https" });
    expect(elsewhere.headers.get("strict-transport-security")).toBeNull();
    vi.stubEnv("VERCEL", "1");
    const { headers } = await visit("/", { "x-forwarded-proto": "https" });
    expect(headers.get("strict-transport-security")).toBe("max-age=63072000; includeSubDomains");
  });

  it("allows eval in development and nowhere else", async () => {
    const development = await visit("/", {}, "development");
    expect(development.headers.get("content-security-policy")).toContain("'unsafe-eval'");
    const production = await visit("/");
    expect(production.headers.get("content-security-policy")).not.toContain("unsafe");
  });
});

describe("a visitor without a session cookie", () => {
  it.each([
    ["/tasks", "/sign-in?next=/tasks"],
    ["/tasks/1?status=open", "/sign-in?next=/tasks/1%3Fstatus%3Dopen"],
    ["/settings", "/sign-in?next=/settings"],
    ["/settings/security", "/sign-in?next=/settings/security"],
    ["/device?user_code=BCDF-GHJK", "/sign-in?next=/device%3Fuser_code%3DBCDF-GHJK"],
    ["/confirm-email-change?token=x", "/sign-in?next=/confirm-email-change%3Ftoken%3Dx"],
  ])("goes from %s to %s", async (path, destination) => {
    const response = await visit(path);
    expect(response.status).toBe(307);
    expect(response.headers.get("location")).toBe(`http://localhost:3000${destination}`);
    expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
  });

  it.each(["/", "/sign-in", "/sign-up", "/docs", "/tasksabc"])("may open %s", async (path) => {
    const response = await visit(path);
    expect(response.headers.get("location")).toBeNull();
  });
});

it.each([
  ["evo-todo-3000.session_token", "http://localhost:3000"],
  ["__Host-evo-todo.session_token", "https://todo.example"],
])(
  "a visitor with a cookie named %s is let through to the page, which checks it",
  async (name, site) => {
    vi.stubEnv("BETTER_AUTH_URL", site);
    const response = await visit("/tasks", { cookie: `${name}=x` });
    expect(response.headers.get("location")).toBeNull();
  },
);
