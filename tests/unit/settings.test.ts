import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { readEnvironment } from "@/lib/env";
import { loadSettings } from "@/lib/start/settings.mjs";

type Env = ReturnType<typeof readEnvironment>;
type Setting = {
  title: string;
  name: string;
  /** What a value makes of the settings that the app reads. */
  accepted: [string, Partial<Env>][];
  refused: string[];
  /** Other settings that it needs. */
  beside?: Record<string, string>;
};

const longSecret = "x".repeat(32);
const server = { DATABASE_URL: "postgresql://evo@localhost/evo" };

const settings: Setting[] = [
  {
    title: "PORT is a whole number from 1 to 65535",
    name: "PORT",
    accepted: [["8080", { port: 8_080, baseUrl: "http://localhost:8080" }]],
    refused: ["0", "65536", "80.5", "0x50", "1e3", "http"],
  },
  {
    title: "BETTER_AUTH_URL is scheme, host and port, and nothing after them",
    name: "BETTER_AUTH_URL",
    accepted: [
      ["https://todo.example", { baseUrl: "https://todo.example" }],
      ["https://todo.example/", { baseUrl: "https://todo.example" }],
      ["HTTP://Todo.Example:8080", { baseUrl: "http://todo.example:8080" }],
    ],
    refused: [
      "https://example.com/todo",
      "https://todo.example/?a=1",
      "https://todo.example/#top",
      "https://robin:secret@todo.example",
      "ftp://todo.example",
      "todo.example",
    ],
  },
  {
    title: "BETTER_AUTH_SECRET has 32 characters or more",
    name: "BETTER_AUTH_SECRET",
    accepted: [[longSecret, { secret: longSecret }]],
    refused: ["x".repeat(31)],
  },
  {
    title: "BETTER_AUTH_SECRETS is a list of numbered secrets",
    name: "BETTER_AUTH_SECRETS",
    accepted: [[`2:${longSecret}`, { versionedSecrets: `2:${longSecret}` }]],
    refused: [longSecret, "2:short", `2:${longSecret},${longSecret}`],
  },
  {
    title: "BETTER_AUTH_TRUSTED_ORIGINS, which only Better Auth would read, is refused",
    name: "BETTER_AUTH_TRUSTED_ORIGINS",
    accepted: [],
    refused: ["https://evil.example"],
  },
  {
    title: "DATABASE_URL is the address of a Postgres server",
    name: "DATABASE_URL",
    accepted: [[server.DATABASE_URL, { databaseUrl: server.DATABASE_URL }]],
    refused: ["mysql://localhost/evo", "evo"],
  },
  {
    title: "DIRECT_URL stands beside a DATABASE_URL",
    name: "DIRECT_URL",
    beside: server,
    accepted: [
      ["postgresql://evo@direct/evo", { directDatabaseUrl: "postgresql://evo@direct/evo" }],
    ],
    refused: ["mysql://localhost/evo"],
  },
  {
    title: "DATABASE_URL_UNPOOLED stands beside a DATABASE_URL",
    name: "DATABASE_URL_UNPOOLED",
    beside: server,
    accepted: [
      ["postgresql://evo@direct/evo", { directDatabaseUrl: "postgresql://evo@direct/evo" }],
    ],
    refused: ["mysql://localhost/evo"],
  },
  {
    title: "DATABASE_POOL_MAX is a whole number from 1 to 1000",
    name: "DATABASE_POOL_MAX",
    accepted: [["5", { databasePoolMax: 5 }]],
    refused: ["0", "1001", "1.5", "0x10", "1e2", "many"],
  },
  {
    title: "PGLITE_DIR is a folder",
    name: "PGLITE_DIR",
    accepted: [["/data", { embeddedDatabaseDirectory: "/data" }]],
    refused: [],
  },
  {
    title: "JWT_EXPIRES_IN is a duration of 1 s to 1 day",
    name: "JWT_EXPIRES_IN",
    accepted: [
      ["90", { tokenLifeSeconds: 90 }],
      ["5m", { tokenLifeSeconds: 300 }],
      ["1d", { tokenLifeSeconds: 86_400 }],
    ],
    refused: ["0", "25h", "soon", "1w", "1.5h", "0x10", "1e2"],
  },
  {
    title: "JWKS_ROTATION_DAYS is a whole number from 0 to 3650",
    name: "JWKS_ROTATION_DAYS",
    accepted: [
      ["30", { keyRotationSeconds: 2_592_000 }],
      ["0", { keyRotationSeconds: 0 }],
    ],
    refused: ["-1", "3651", "1.5", "0x10", "1e2", " 30", "never"],
  },
  {
    title: "RATE_LIMIT_PER_MINUTE is a whole number, 0 for no limit",
    name: "RATE_LIMIT_PER_MINUTE",
    accepted: [
      ["60", { requestsPerMinute: 60 }],
      ["0", { requestsPerMinute: 0 }],
    ],
    refused: ["-1", "1.5", "0x10", "1e2", "unlimited"],
  },
  {
    title: "MAX_TASKS_PER_USER is a whole number, 0 for no limit",
    name: "MAX_TASKS_PER_USER",
    accepted: [
      ["500", { tasksPerUserMax: 500 }],
      ["0", { tasksPerUserMax: 0 }],
    ],
    refused: ["-1", "1.5", "0x10", "1e2", "unlimited"],
  },
  {
    title: "SYNC_WAIT_SECONDS is a whole number from 0 to 20",
    name: "SYNC_WAIT_SECONDS",
    accepted: [
      ["20", { syncWaitSeconds: 20 }],
      ["0", { syncWaitSeconds: 0 }],
    ],
    refused: ["-1", "21", "1.5", "0x10", "1e1", "long"],
  },
  {
    title: "TRUST_PROXY is the number of proxies in front of the app",
    name: "TRUST_PROXY",
    accepted: [
      ["0", { trustedProxies: 0 }],
      ["1", { trustedProxies: 1 }],
      ["3", { trustedProxies: 3 }],
      ["true", { trustedProxies: 1 }],
      ["false", { trustedProxies: 0 }],
    ],
    refused: ["-1", "1.5", "100", "yes", "10.0.0.0/8"],
  },
  {
    title: "SIGNUPS is open or closed",
    name: "SIGNUPS",
    accepted: [
      ["open", { signUpsAreOpen: true }],
      ["closed", { signUpsAreOpen: false }],
    ],
    refused: ["0", "no"],
  },
  {
    title: "SMTP_URL is the address of a mail server",
    name: "SMTP_URL",
    accepted: [["smtps://mail.example", { smtpUrl: "smtps://mail.example" }]],
    refused: ["mail.example", "https://mail.example"],
  },
  {
    title: "MAIL_FROM is the sender of mails",
    name: "MAIL_FROM",
    accepted: [["Evo <todo@example.com>", { mailFrom: "Evo <todo@example.com>" }]],
    refused: [],
  },
  {
    title: "REQUIRE_EMAIL_VERIFICATION is 1 or 0",
    name: "REQUIRE_EMAIL_VERIFICATION",
    accepted: [
      ["1", { requiresVerifiedEmail: true }],
      ["0", { requiresVerifiedEmail: false }],
    ],
    refused: ["yes", "2"],
  },
  ...["GITHUB", "GOOGLE"].flatMap((provider): Setting[] => {
    const id = `${provider}_CLIENT_ID`;
    const secret = `${provider}_CLIENT_SECRET`;
    const both = { clientId: "this", clientSecret: "this" };
    const member = provider === "GITHUB" ? { github: both } : { google: both };
    return [
      {
        title: `${id} stands beside its secret`,
        name: id,
        beside: { [secret]: "this" },
        accepted: [["this", member]],
        refused: [],
      },
      {
        title: `${secret} stands beside its id`,
        name: secret,
        beside: { [id]: "this" },
        accepted: [["this", member]],
        refused: [],
      },
    ];
  }),
  {
    title: "SECURITY_CONTACT is an https or mailto address",
    name: "SECURITY_CONTACT",
    accepted: [
      ["mailto:security@todo.example", { securityContact: "mailto:security@todo.example" }],
    ],
    refused: ["security@todo.example", "http://todo.example"],
  },
  {
    title: "CORS_ORIGINS is a list of origins, with nothing after them",
    name: "CORS_ORIGINS",
    accepted: [
      [
        "https://a.example, http://localhost:5173/",
        { corsOrigins: ["https://a.example", "http://localhost:5173"] },
      ],
    ],
    refused: ["*", "a.example", "https://a.example/app", "https://a.example,b"],
  },
  {
    title: "LOG_LEVEL is a level of the log",
    name: "LOG_LEVEL",
    accepted: [["debug", { logLevel: "debug" }]],
    refused: ["verbose", "WARN"],
  },
];

for (const { title, name, accepted, refused, beside } of settings) {
  it(title, () => {
    for (const [value, members] of accepted) {
      expect(readEnvironment({ ...beside, [name]: value }), value).toMatchObject(members);
    }
    for (const value of refused) {
      expect(() => readEnvironment({ ...beside, [name]: value }), value).toThrow(`  ${name}: `);
    }
    expect(() => readEnvironment({ ...beside, [name]: "" })).not.toThrow(`  ${name}: `);
  });
}

describe("a setting that needs another one", () => {
  it.each([
    ["DIRECT_URL", "DATABASE_URL", "postgresql://evo@direct/evo"],
    ["DATABASE_URL_UNPOOLED", "DATABASE_URL", "postgresql://evo@direct/evo"],
    ["GITHUB_CLIENT_ID", "GITHUB_CLIENT_SECRET", "this"],
    ["GITHUB_CLIENT_SECRET", "GITHUB_CLIENT_ID", "this"],
    ["GOOGLE_CLIENT_ID", "GOOGLE_CLIENT_SECRET", "this"],
    ["GOOGLE_CLIENT_SECRET", "GOOGLE_CLIENT_ID", "this"],
  ])("is refused alone: %s without %s", (name, other, value) => {
    expect(() => readEnvironment({ [name]: value })).toThrow(
      `  ${name}: is set, and ${other} is not`,
    );
  });
});

it("a value in quotes, which a container's env file keeps, is refused for every setting", () => {
  for (const quote of [`"`, "'", "`"]) {
    const quoted = Object.fromEntries(
      settings.map(({ name }) => [name, `${quote}value${quote}`] as const),
    );
    const { message } = failureOf(() => readEnvironment(quoted));
    for (const { name } of settings) {
      expect(message).toContain(`  ${name}: has quotation marks around it`);
    }
  }
});

describe("a .env file", () => {
  let folder = "";
  const before = { ...process.env };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "evo-settings-"));
    vi.stubEnv("NODE_ENV", "production");
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
    vi.unstubAllEnvs();
    for (const name of Object.keys(process.env).filter((entry) => !(entry in before))) {
      delete process.env[name];
    }
  });

  it.each([
    ["$ in a value", "X_SETTING=a$b$PATH-$HOME", "a$b$PATH-$HOME"],
    ["$ in quotes", 'X_SETTING="pa$$word"', "pa$$word"],
    ["$ with a backslash, as Next wants it", "X_SETTING=pa\\$word", "pa$word"],
    ["# in quotes", "X_SETTING='a#b'", "a#b"],
    ["a comment", "X_SETTING=value # a comment", "value"],
    ["a comment with a # in it", "X_SETTING=value # see ticket#12", "value"],
    ["line ends of Windows", "X_SETTING=value\r\nX_OTHER=1\r\n", "value"],
    ["a byte order mark", "\uFEFFX_SETTING=value", "value"],
  ])("means what it says: %s", (_, text, value) => {
    writeFileSync(join(folder, ".env"), text);
    loadSettings(folder);
    expect(process.env.X_SETTING).toBe(value);
  });

  it("with a value that a # would cut is refused by name, without the value", () => {
    writeFileSync(join(folder, ".env"), "# A comment\nX_SETTING=secret#word\n");
    const { message } = failureOf(() => loadSettings(folder));
    expect(message).toContain("X_SETTING");
    expect(message).toContain("quotes");
    expect(message).not.toContain("secret");
  });

  it("that is refused ends npm start at once, in one line and without a stack", () => {
    const isCommand = (path: string) => path.endsWith(".mjs") || statSync(path).isDirectory();
    cpSync("lib", join(folder, "lib"), { recursive: true, filter: isCommand });
    writeFileSync(join(folder, ".env"), "X_SETTING=secret#word\n");
    const start = [join(folder, "lib", "start", "start.mjs")];
    const { status, stdout, stderr } = spawnSync(process.execPath, start, { encoding: "utf8" });
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toMatch(/^The value of X_SETTING in \.env has a #.+\n$/);
  });

  it("gives way to the environment, and the more specific file goes first", () => {
    process.env.X_SETTING = "environment";
    writeFileSync(join(folder, ".env"), "X_SETTING=file\nX_OTHER=file\nX_THIRD=file");
    writeFileSync(join(folder, ".env.production"), "X_OTHER=production\nX_THIRD=production");
    writeFileSync(join(folder, ".env.local"), "X_THIRD=local");
    loadSettings(folder);
    expect(process.env).toMatchObject({
      X_SETTING: "environment",
      X_OTHER: "production",
      X_THIRD: "local",
    });
  });

  it("or the environment hides no setting by an empty value, which counts as absent", () => {
    process.env.X_SETTING = "";
    writeFileSync(join(folder, ".env"), "X_SETTING=file\nX_OTHER=file\nX_THIRD=");
    writeFileSync(join(folder, ".env.local"), "X_SETTING=\nX_OTHER=''\nX_THIRD=");
    loadSettings(folder);
    expect(process.env).toMatchObject({ X_SETTING: "file", X_OTHER: "file" });
    expect(process.env.X_THIRD ?? "").toBe("");
  });

  it("is not read in tests, whose settings are their own", () => {
    vi.stubEnv("NODE_ENV", "test");
    writeFileSync(join(folder, ".env"), "X_SETTING=file");
    loadSettings(folder);
    expect(process.env.X_SETTING).toBeUndefined();
  });
});

function failureOf(work: () => unknown): Error {
  try {
    work();
  } catch (error) {
    if (error instanceof Error) {
      return error;
    }
  }
  throw new Error("Nothing was refused.");
}
