import "server-only";
import type { GoogleProfile } from "better-auth/social-providers";
import { decodeJwt } from "jose";
import { z } from "zod";
import { features } from "@/lib/auth/features";
import { env } from "@/lib/env";
import { isEmailAddress, nameLengthMax } from "@/lib/operations/account-fields";

const googleIssuers = ["https://accounts.google.com", "accounts.google.com"];

const googleClaims = z.object({
  iss: z.enum(googleIssuers),
  aud: z.string(),
  exp: z.number(),
  sub: z.string().min(1).max(255),
  email: z.string().refine(isEmailAddress),
  email_verified: z.boolean().default(false),
  name: z.string().optional(),
});

/**
 * GitHub and Google, if their variables are set. New accounts are made only while sign-ups are
 * open.
 */
export function socialProviders() {
  const disableSignUp = !features.signUps;
  const { github, google } = env;
  return {
    ...(github && {
      github: {
        ...github,
        disableSignUp,
        mapProfileToUser: ({ name, login }: GitHubProfile) => ({
          name: displayName(name || login),
        }),
      },
    }),
    ...(google && {
      google: {
        ...google,
        disableSignUp,
        includeGrantedScopes: false,
        getUserInfo: async ({ idToken }: { idToken?: string | undefined }) =>
          readIdToken(idToken, google.clientId),
      },
    }),
  };
}

type GitHubProfile = { name: string | null; login: string };

/**
 * Reads the person from an id token that came directly from Google's token endpoint, so that TLS
 * replaces the check of its signature (OpenID Connect Core 1.0, section 3.1.3.7). Its issuer,
 * audience and expiry are checked.
 */
function readIdToken(idToken: string | undefined, clientId: string) {
  if (idToken === undefined) {
    return null;
  }
  const data = decodeJwt<GoogleProfile>(idToken);
  const claims = googleClaims.safeParse(data).data;
  if (!claims || claims.aud !== clientId || claims.exp * 1_000 < Date.now()) {
    return null;
  }
  const { email, email_verified: emailVerified, name } = claims;
  return { user: { name: displayName(name || mailboxOf(email)), email, emailVerified }, data };
}

/** A provider's display name as our rules for names allow it. */
function displayName(name: string): string {
  const plain = name
    .toWellFormed()
    .replaceAll(/\p{Cc}/gu, "")
    .trim();
  return Array.from(plain).slice(0, nameLengthMax).join("");
}

function mailboxOf(email: string): string {
  const [mailbox = ""] = email.split("@");
  return mailbox;
}
