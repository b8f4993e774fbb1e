import { createHash } from "node:crypto";
import { SignJWT } from "jose";
import { HttpResponse, http } from "msw";
import { randomText } from "@/tests/support/users";

/** Somebody at a provider. */
export type Identity = {
  id: string;
  email: string;
  verified: boolean;
  name: string;
};

/** What differs in Google's id token, how a provider fails, or what happens while it is asked. */
export type Trouble = {
  claims?: Record<string, unknown>;
  failure?: "token" | "network";
  meanwhile?: () => Promise<unknown>;
};

/** GitHub and Google as far as a sign-in goes: who comes back with a code, and what they handed out. */
export function fakeProviders() {
  const codes = new Map<string, { identity: Identity; challenge: string; trouble: Trouble }>();
  const accessTokens = new Map<string, Identity>();

  /** What the person agreed to: a code, as the provider sends it back. */
  function agree(authorizationUrl: string, identity: Identity, trouble: Trouble = {}): string {
    const challenge = new URL(authorizationUrl).searchParams.get("code_challenge") ?? "";
    const code = randomText();
    codes.set(code, { identity, challenge, trouble });
    return code;
  }

  async function redeem(request: Request) {
    const form = new URLSearchParams(await request.text());
    const found = codes.get(form.get("code") ?? "");
    const verifier = form.get("code_verifier") ?? "";
    const isHolder = found?.challenge === createHash("sha256").update(verifier).digest("base64url");
    if (!found || !isHolder || found.trouble.failure === "token") {
      return null;
    }
    codes.delete(form.get("code") ?? "");
    await found.trouble.meanwhile?.();
    const accessToken = `access-${randomText()}`;
    accessTokens.set(accessToken, found.identity);
    return { ...found, accessToken };
  }

  const handlers = [
    http.post("https://github.com/login/oauth/access_token", async ({ request }) => {
      const granted = await redeem(request);
      if (granted?.trouble.failure === "network") {
        return HttpResponse.error();
      }
      return granted
        ? HttpResponse.json({ access_token: granted.accessToken, token_type: "bearer", scope: "" })
        : HttpResponse.json({ error: "bad_verification_code" });
    }),
    http.get("https://api.github.com/user", ({ request }) => {
      const identity = accessTokens.get(request.headers.get("authorization")?.slice(7) ?? "");
      return identity
        ? HttpResponse.json({
            id: Number(identity.id),
            login: "somebody",
            name: identity.name,
            email: null,
            avatar_url: "javascript:alert(1)",
          })
        : new HttpResponse(null, { status: 401 });
    }),
    http.get("https://api.github.com/user/emails", ({ request }) => {
      const identity = accessTokens.get(request.headers.get("authorization")?.slice(7) ?? "");
      return HttpResponse.json(
        identity ? [{ email: identity.email, primary: true, verified: identity.verified }] : [],
      );
    }),
    http.post("https://oauth2.googleapis.com/token", async ({ request }) => {
      const granted = await redeem(request);
      return granted
        ? HttpResponse.json({
            access_token: granted.accessToken,
            refresh_token: `refresh-${randomText()}`,
            id_token: await idToken(granted.identity, granted.trouble.claims),
            token_type: "Bearer",
            expires_in: 3_600,
          })
        : HttpResponse.json({ error: "invalid_grant" }, { status: 400 });
    }),
  ];
  return { handlers, agree };
}

/** It comes over TLS from the provider itself, so nobody looks at its signature. */
function idToken({ id, email, verified, name }: Identity, claims: Record<string, unknown> = {}) {
  const now = Math.floor(Date.now() / 1_000);
  return new SignJWT({
    iss: "https://accounts.google.com",
    aud: "google-client",
    sub: id,
    email,
    email_verified: verified,
    name,
    iat: now,
    exp: now + 3_600,
    ...claims,
  })
    .setProtectedHeader({ alg: "HS256" })
    .sign(new TextEncoder().encode("a key of the test's own, long enough"));
}
