import "server-only";
import { z } from "zod";
import { faultOfDatabaseUrl } from "@/lib/database-url.mjs";

const secondsOf = { s: 1, m: 60, h: 3_600, d: 86_400 } as const;
const minute = 60;
const day = 86_400;

const flag = z
  .enum(["0", "1", "true", "false"])
  .transform((value) => value === "1" || value === "true");
const wholeNumber = z
  .string()
  .regex(/^\d{1,10}$/, "must be a whole number")
  .transform(Number);
const count = wholeNumber.pipe(z.number().max(1_000_000_000));
const origin = z
  .url({ protocol: /^https?$/ })
  .refine(isOrigin, "must end after the host and the port, without a path")
  .transform((value) => new URL(value).origin);
const list = z.string().transform((value) => value.split(/[\s,]+/).filter(Boolean));

const duration = z
  .string()
  .regex(/^\d{1,9}[smhd]?$/, "must be a number of seconds, or a number with s, m, h or d")
  .transform((value) => {
    const unit = value.at(-1);
    const factor =
      unit === "s" || unit === "m" || unit === "h" || unit === "d" ? secondsOf[unit] : 1;
    return Number.parseInt(value, 10) * factor;
  });

const server = z.string().superRefine((value, context) => {
  const message = faultOfDatabaseUrl(value);
  if (message) {
    context.addIssue({ code: "custom", message });
  }
});

const proxies = z
  .string()
  .regex(/^(\d{1,2}|true|false)$/, "must be the number of proxies in front, such as 1")
  .transform((value) => Number({ true: 1, false: 0 }[value] ?? value));

const variables = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).default("development"),
  PORT: wholeNumber.default(3000).pipe(z.number().min(1).max(65_535)),
  LOG_LEVEL: z.enum(["silent", "fatal", "error", "warn", "info", "debug"]).default("info"),

  DATABASE_URL: server.optional(),
  DIRECT_URL: server.optional(),
  DATABASE_URL_UNPOOLED: server.optional(),
  DATABASE_POOL_MAX: wholeNumber.default(10).pipe(z.number().min(1).max(1_000)),
  PGLITE_DIR: z.string().default(".data"),

  BETTER_AUTH_URL: origin.optional(),
  BETTER_AUTH_SECRET: z.string().min(32, "must have at least 32 characters").optional(),
  BETTER_AUTH_SECRETS: z
    .string()
    .regex(/^\d+:[^,]{32,}(,\d+:[^,]{32,})*$/, 'must look like "2:<new secret>,1:<old secret>"')
    .optional(),
  BETTER_AUTH_TRUSTED_ORIGINS: z
    .undefined("is not a setting of this app. BETTER_AUTH_URL and CORS_ORIGINS name the origins")
    .optional(),
  JWT_EXPIRES_IN: duration.default(15 * minute).pipe(z.number().min(1).max(day)),
  JWKS_ROTATION_DAYS: wholeNumber.default(90).pipe(z.number().max(3_650)),

  RATE_LIMIT_PER_MINUTE: count.default(600),
  MAX_TASKS_PER_USER: count.default(100_000),
  SYNC_WAIT_SECONDS: wholeNumber.default(20).pipe(z.number().max(20)),
  TRUST_PROXY: proxies.optional(),
  NEXT_MANUAL_SIG_HANDLE: z.string().optional(),
  CORS_ORIGINS: list.pipe(z.array(origin)).default([]),

  SIGNUPS: z.enum(["open", "closed"]).default("open"),
  REQUIRE_EMAIL_VERIFICATION: flag.default(false),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: z.string().optional(),
  GITHUB_CLIENT_ID: z.string().optional(),
  GITHUB_CLIENT_SECRET: z.string().optional(),
  GOOGLE_CLIENT_ID: z.string().optional(),
  GOOGLE_CLIENT_SECRET: z.string().optional(),
  SECURITY_CONTACT: z.url({ protocol: /^(https|mailto)$/ }).optional(),

  VERCEL: z.string().optional(),
  VERCEL_ENV: z.string().optional(),
  VERCEL_PROJECT_PRODUCTION_URL: z.string().optional(),
  VERCEL_BRANCH_URL: z.string().optional(),
  VERCEL_URL: z.string().optional(),
});

type Settings = z.infer<typeof variables>;
type Name = keyof Settings;

/** The first setting of a pair has no effect without the second. */
const needs: [Name, Name][] = [
  ["DIRECT_URL", "DATABASE_URL"],
  ["DATABASE_URL_UNPOOLED", "DATABASE_URL"],
  ["GITHUB_CLIENT_ID", "GITHUB_CLIENT_SECRET"],
  ["GITHUB_CLIENT_SECRET", "GITHUB_CLIENT_ID"],
  ["GOOGLE_CLIENT_ID", "GOOGLE_CLIENT_SECRET"],
  ["GOOGLE_CLIENT_SECRET", "GOOGLE_CLIENT_ID"],
];

/**
 * The settings of this process, read once from the environment; `.env.example` says what each one
 * does, but for those that the platform sets (`NODE_ENV`, `VERCEL` and the like).
 */
export const env = readEnvironment(process.env);

/**
 * Parses an environment. An empty variable counts as absent.
 *
 * @throws Error naming every wrong variable, what is wrong and nothing of its value
 */
export function readEnvironment(source: Record<string, string | undefined>) {
  const present = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const parsed = variables.safeParse(present);
  const quoted = Object.keys(variables.shape).filter((name) => isInQuotes(present[name] ?? ""));
  const faults = [
    ...quoted.map(
      (name) =>
        `${name}: has quotation marks around it, which env files of containers keep; take them off`,
    ),
    ...(parsed.error?.issues ?? [])
      .filter(({ path: [name] }) => !quoted.includes(String(name)))
      .map(({ path: [name], message }) => `${String(name)}: ${message}`),
    ...needs
      .filter(([name, other]) => present[name] !== undefined && present[other] === undefined)
      .map(([name, other]) => `${name}: is set, and ${other} is not. Set both, or neither`),
  ];
  if (!parsed.success || faults.length > 0) {
    const lines = faults.map((fault) => `  ${fault}`);
    throw new Error(`The environment has wrong settings:\n${lines.join("\n")}`);
  }
  const settings = parsed.data;
  const onVercel = settings.VERCEL !== undefined;
  return {
    isProduction: settings.NODE_ENV === "production",
    onVercel,
    port: settings.PORT,
    logLevel: settings.LOG_LEVEL,
    databaseUrl: settings.DATABASE_URL,
    /** Migrations need a session of their own, which a transaction pooler does not give. */
    directDatabaseUrl:
      settings.DIRECT_URL ?? settings.DATABASE_URL_UNPOOLED ?? settings.DATABASE_URL,
    databasePoolMax: settings.DATABASE_POOL_MAX,
    embeddedDatabaseDirectory: settings.PGLITE_DIR,
    baseUrl: settings.BETTER_AUTH_URL ?? vercelUrl(settings) ?? `http://localhost:${settings.PORT}`,
    secret: settings.BETTER_AUTH_SECRET,
    versionedSecrets: settings.BETTER_AUTH_SECRETS,
    tokenLifeSeconds: settings.JWT_EXPIRES_IN,
    keyRotationSeconds: settings.JWKS_ROTATION_DAYS * day,
    requestsPerMinute: settings.RATE_LIMIT_PER_MINUTE,
    tasksPerUserMax: settings.MAX_TASKS_PER_USER,
    syncWaitSeconds: settings.SYNC_WAIT_SECONDS,
    /** How many proxies in front of the app add to X-Forwarded-For. */
    trustedProxies: settings.TRUST_PROXY ?? (onVercel ? 1 : 0),
    corsOrigins: settings.CORS_ORIGINS,
    signUpsAreOpen: settings.SIGNUPS === "open",
    requiresVerifiedEmail: settings.REQUIRE_EMAIL_VERIFICATION,
    smtpUrl: settings.SMTP_URL,
    mailFrom: settings.MAIL_FROM,
    github: clientOf(settings.GITHUB_CLIENT_ID, settings.GITHUB_CLIENT_SECRET),
    google: clientOf(settings.GOOGLE_CLIENT_ID, settings.GOOGLE_CLIENT_SECRET),
    securityContact: settings.SECURITY_CONTACT,
    /** Next leaves the signals to the app where its start command says so. */
    handlesSignals: settings.NEXT_MANUAL_SIG_HANDLE !== undefined,
  };
}

/** Only the origin is used, so the site's links would lack a path that is set. */
function isOrigin(value: string): boolean {
  if (!URL.canParse(value)) {
    return false;
  }
  const { pathname, search, hash, username, password } = new URL(value);
  return pathname === "/" && `${search}${hash}${username}${password}` === "";
}

/** Docker's env files keep the quotes that a shell and `.env` take off. */
function isInQuotes(value: string): boolean {
  return /^(["'`]).*\1$/s.test(value);
}

/** What a provider of sign-ins knows this site by; undefined turns the provider off. */
function clientOf(clientId: string | undefined, clientSecret: string | undefined) {
  return clientId && clientSecret ? { clientId, clientSecret } : undefined;
}

function vercelUrl(settings: Settings): string | undefined {
  const host =
    settings.VERCEL_ENV === "production"
      ? settings.VERCEL_PROJECT_PRODUCTION_URL
      : (settings.VERCEL_BRANCH_URL ?? settings.VERCEL_URL);
  return host && `https://${host}`;
}
