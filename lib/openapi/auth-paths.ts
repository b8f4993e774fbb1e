import "server-only";
import { z } from "zod";
import { signInInput, signUpInput } from "@/lib/http/auth/auth-inputs";
import { headersOf } from "@/lib/openapi/headers";
import { parametersOf } from "@/lib/openapi/parameters";
import { failsWith } from "@/lib/openapi/problems";
import type { SitePaths } from "@/lib/openapi/site-paths";

const auth = { tags: ["Sign-in"], security: [], parameters: parametersOf() };
const anyTime = ["Internal", "Unavailable"] as const;
const anyBody = ["BadBody", "PayloadTooLarge", "UnsupportedMediaType"] as const;

const exampleAccount = { email: "ada@example.com", password: "five brown herons sleep" };

const { email, password, name, rememberMe, onboardingTasks } = signUpInput.shape;

const described = {
  email: email.meta({ description: "The address of the account." }),
  rememberMe: rememberMe.meta({
    description:
      "`false` ends the session with the browser. Otherwise it lasts a week, and longer with use.",
  }),
};

const signUpBody = signUpInput
  .extend({
    ...described,
    password: password.meta({
      description:
        "12 to 128 characters of any kind. Common ones, and your own words, are refused.",
    }),
    name: name.meta({ description: "What to call you. Without it the address gives a name." }),
    onboardingTasks: onboardingTasks.meta({
      description:
        "`true` gives the account a few tasks that show how the app works, as the sign-up page asks. Otherwise it has none.",
    }),
  })
  .meta({
    id: "SignUpInput",
    description: "An account to make.",
    example: { ...exampleAccount, name: "Ada" },
  });

const signInBody = signInInput
  .extend({
    ...described,
    password: signInInput.shape.password.meta({ description: "The password of the account." }),
  })
  .meta({ id: "SignInInput", description: "The account to sign in to.", example: exampleAccount });

const moment = z.iso.datetime();

const user = z
  .strictObject({
    id: z
      .string()
      .meta({ description: "The user's id.", example: "q7Jc2mVxTz0LrB9wKdN4sEfYhGaUoPi3" }),
    name: z.string().meta({ description: "What the user is called.", example: "Ada" }),
    email: z
      .string()
      .meta({ format: "email", description: "The address.", example: exampleAccount.email }),
    emailVerified: z.boolean().meta({ description: "Whether the address was confirmed." }),
    image: z.string().nullable().meta({ description: "The address of a picture, or null." }),
    createdAt: moment.meta({ description: "When the account was made." }),
    updatedAt: moment.meta({ description: "When it was last changed." }),
  })
  .meta({ id: "User", description: "A user." });

const newSession = z.strictObject({ user }).meta({
  id: "NewSession",
  description: "The user who is signed in now. The session is in the cookie.",
});

const secondStepRequired = z
  .strictObject({
    twoFactorRedirect: z.literal(true).meta({ description: "Always true." }),
    twoFactorMethods: z.array(z.enum(["totp", "passkey", "backup-code"])).meta({
      description: "What the second step can be: an authenticator app, a passkey, a recovery code.",
    }),
  })
  .meta({
    id: "SecondStepRequired",
    description:
      "The password is right and the account asks for a second step, which the site's own page takes. There is no session yet.",
  });

const verificationRequired = z
  .strictObject({
    user: z.null().meta({ description: "Nobody yet." }),
    verificationRequired: z.literal(true).meta({ description: "Always true." }),
  })
  .meta({
    id: "VerificationRequired",
    description: "A mail went to the address. Once its link was used, the person can sign in.",
  });

const signedOut = z
  .strictObject({ success: z.literal(true).meta({ description: "Always true." }) })
  .meta({ id: "SignedOut", description: "The session is over." });

const token = z
  .strictObject({
    token: z.string().meta({ description: "The JWT.", example: "eyJhbGciOiJFZERTQSIsImtpZCI6…" }),
  })
  .meta({ id: "Token", description: "A bearer token for the task API." });

const publicKey = z
  .strictObject({
    kid: z.string().meta({ description: "What a token's header names." }),
    kty: z.literal("OKP").meta({ description: "The kind of key." }),
    crv: z.literal("Ed25519").meta({ description: "The curve." }),
    alg: z.literal("EdDSA").meta({ description: "The algorithm." }),
    x: z.string().meta({ description: "The key, base64url." }),
  })
  .meta({ id: "PublicKey", description: "A public signing key (RFC 8037)." });

const publicKeys = z
  .strictObject({
    keys: z.array(publicKey).meta({ description: "One for each key within its time." }),
  })
  .meta({ id: "PublicKeys", description: "The keys that count now." });

/** What a client needs to come by a token. The rest of `/api/auth` belongs to the pages of the site. */
export const authPaths: SitePaths = {
  "/api/auth/sign-up/email": {
    post: {
      ...auth,
      operationId: "signUp",
      summary: "Make an account",
      description:
        "Signs you in at once: keep the cookie and fetch a token with it. A site that wants addresses confirmed first sends a mail instead, and answers the same for an address that has an account.",
      requestBody: { required: true, content: { "application/json": { schema: signUpBody } } },
      responses: {
        200: {
          ...signedIn("The account was made and is signed in, or waits for its address."),
          content: { "application/json": { schema: z.union([newSession, verificationRequired]) } },
        },
        ...failsWith(...anyBody, "SignUpsClosed", "Conflict", "RateLimited", ...anyTime),
      },
    },
  },
  "/api/auth/sign-in/email": {
    post: {
      ...auth,
      operationId: "signIn",
      summary: "Sign in",
      description:
        "Keep the cookie and fetch a token with it. A site that wants addresses confirmed first answers for an unconfirmed one as for a wrong password.",
      requestBody: { required: true, content: { "application/json": { schema: signInBody } } },
      responses: {
        200: {
          ...signedIn("You are signed in, or the account asks for a second step."),
          content: { "application/json": { schema: z.union([newSession, secondStepRequired]) } },
        },
        ...failsWith(...anyBody, "NotSignedIn", "RateLimited", ...anyTime),
      },
    },
  },
  "/api/auth/sign-out": {
    post: {
      ...auth,
      security: [{ session: [] }, {}],
      operationId: "signOut",
      summary: "Sign out",
      description: "Ends the session of the cookie, if there is one, and with it all its tokens.",
      responses: {
        200: {
          description: "The session is over.",
          headers: headersOf("Set-Cookie", "Clear-Site-Data"),
          content: {
            "application/json": { schema: signedOut },
          },
        },
        ...failsWith(...anyBody, ...anyTime),
      },
    },
  },
  "/api/auth/token": {
    get: {
      ...auth,
      security: [{ session: [] }],
      operationId: "getToken",
      summary: "Fetch a token",
      description:
        "A JWT for the task API, good for 15 minutes unless the site says otherwise, and for no longer than its session.",
      responses: {
        200: {
          description: "The token.",
          headers: headersOf(),
          content: {
            "application/json": {
              schema: token,
            },
          },
        },
        ...failsWith("BadRequest", "NotSignedIn", "EmailNotVerified", "RateLimited", ...anyTime),
      },
    },
  },
  "/api/auth/jwks": {
    get: {
      ...auth,
      operationId: "getPublicKeys",
      summary: "Read the public keys",
      description: "The keys that tokens are signed with (RFC 7517), to check a token yourself.",
      responses: {
        200: {
          description: "The keys.",
          headers: headersOf(),
          content: {
            "application/json": { schema: publicKeys },
          },
        },
        ...failsWith("BadRequest", ...anyTime),
      },
    },
  },
};

function signedIn(description: string) {
  return {
    description,
    headers: headersOf("Set-Cookie"),
    content: { "application/json": { schema: newSession } },
  };
}
