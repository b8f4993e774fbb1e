import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { issueOneTimeToken } from "@/lib/auth/one-time-tokens";
import { database } from "@/lib/db/client";
import { authEndpoints } from "@/lib/http/auth/auth-route";
import { exportTasks } from "@/lib/tasks/export-tasks";
import { type Answer, call } from "@/tests/support/api";
import { authMembers, type MemberPath, withMember } from "@/tests/support/auth-members";
import { deviceGrant } from "@/tests/support/devices";
import { createUserWithPassword, password } from "@/tests/support/password";
import { cookieFor, type SignedIn } from "@/tests/support/users";

vi.hoisted(() => {
  vi.stubEnv("GITHUB_CLIENT_ID", "github-client");
  vi.stubEnv("GITHUB_CLIENT_SECRET", "github-secret");
});

const endpoints = authEndpoints({
  createOnboardingTasks: async () => {},
  exportTasks,
});
const posts = pathsBy("POST");
const gets = pathsBy("GET");

const tooLong = "a text as long as a body can be";
const rubbish: [string, unknown][] = [
  ["null in a list", [null]],
  ["a list of text", ["a"]],
  ["an operator", { contains: "" }],
  ["another operator", { not: "" }],
  ["a prototype", JSON.parse('{"__proto__":{"isAdmin":true}}')],
  ["a number", 7],
  ["a huge number", 1e308],
  ["a negative number", -1],
  ["a flag as text", "true\0"],
  ["NUL", "a\0b"],
  ["half of a surrogate pair", "a\ud800b"],
  ["a link that runs", "javascript:alert(1)"],
  [tooLong, "x".repeat(60_000)],
];

// A password may be any text.
const passwords = ["password", "newPassword", "currentPassword"];
const base64Url = "AAAA";
const credential = {
  id: base64Url,
  rawId: base64Url,
  type: "public-key",
  response: {
    clientDataJSON: base64Url,
    attestationObject: base64Url,
    authenticatorData: base64Url,
    signature: base64Url,
    userHandle: base64Url,
  },
};

/** A route may look at other members for another one of these. */
const grantTypes = [deviceGrant, "refresh_token"];

/** Values that are as good as a value can be, so that the one wrong member is what is refused. */
const good: Record<string, unknown> = {
  email: "nobody@example.test",
  newEmail: "nobody@example.test",
  password,
  newPassword: "five brown herons sleep",
  currentPassword: password,
  name: "Ada",
  provider: "github",
  providerId: "github",
  scopes: ["tasks:read"],
  expiresIn: null,
  client_id: "tool",
  grant_type: deviceGrant,
  device_code: "unknown",
  refresh_token: "unknown",
  method: "totp",
  response: credential,
  id: "unknown",
  keyId: "unknown",
};

/** A body that a route takes, as good as it can be, and the members that the route knows in it. */
type Known = { body: Record<string, unknown>; members: MemberPath[]; areNamed: boolean };

let members: MemberPath[];

beforeAll(async () => {
  members = await authMembers();
});

it("the sweep knows the routes and their members", () => {
  expect(posts.length).toBeGreaterThan(30);
  expect(everyRow).toContain('FROM "session"');
  expect(members.map((path) => path.join("/"))).toEqual(
    expect.arrayContaining(["email", "newPassword", "timeZone", "response/response/signature"]),
  );
});

it("the sweep knows what a device sends for each kind of grant", async () => {
  const known = await knownBy("/api/auth/device/token", await createUserWithPassword());
  expect(known.map(({ members: paths }) => paths.map((path) => path.join("/")).sort())).toEqual([
    ["client_id", "device_code", "grant_type"],
    ["grant_type", "refresh_token"],
  ]);
});

describe.each(posts)("POST %s", (path) => {
  it("refuses rubbish in every member, and stores nothing", { timeout: 120_000 }, async () => {
    const user = await createUserWithPassword();
    const known = await knownBy(path, user);
    const before = await contents();
    for (const [member, { body, areNamed }] of known.flatMap(eachMember)) {
      // At once, since some routes answer after a fixed time.
      const answers = rubbishFor(member).map(async ([kind, value]) => {
        const what = `${member.join("/")} with ${kind}`;
        const answer = await send(path, user, withMember(body, member, value));
        expectRefused(what, answer);
        if (kind === tooLong && areNamed) {
          expectNamed(what, `/${member.join("/")}`, answer);
        }
      });
      await Promise.all(answers);
    }
    expect(await contents()).toEqual(before);
  });

  it("refuses invalid bodies, and stores nothing", { timeout: 120_000 }, async () => {
    const user = await createUserWithPassword();
    const before = await contents();
    const [known] = await knownBy(path, user);
    const json = JSON.stringify(known?.body);
    const form = { "Content-Type": "multipart/form-data; boundary=x" };
    const bodies: [string, string, Record<string, string>, number[]][] = [
      ["1 MB", `{"email":"${"x".repeat(1_048_576)}"}`, {}, [413]],
      ["1 MB of an unknown member", `{"x":"${"x".repeat(1_048_576)}"}`, {}, [413]],
      ["a form of files", json, form, [415]],
      ["another encoding", json, { "Content-Encoding": "gzip" }, [415]],
      ["half a body", "{", {}, [400]],
      ["a list", "[]", {}, [400]],
      ["text", '"a"', {}, [400]],
      ["null", "null", {}, [400]],
      ["a number", "1e400", {}, [400]],
      ["a name twice", '{"a":1,"a":2}', {}, [400]],
      ["deep nesting", "[".repeat(1_000) + "]".repeat(1_000), {}, [400]],
      ["bytes that are not UTF-8", "\u00ff", { "Content-Type": "application/json" }, [400]],
    ];
    const answers = bodies.map(async ([kind, raw, headers, statuses]) => {
      const sent = kind.startsWith("bytes") ? Buffer.from(raw, "latin1") : raw;
      const answer = await call("POST", path, {
        raw: sent,
        headers: { ...cookiesOfBothSteps(user), ...headers },
      });
      expectRefused(kind, answer);
      // A route that asks first who it is need not look at the body of nobody.
      expect([kind, [...statuses, 401, 403]]).toEqual([
        kind,
        expect.arrayContaining([answer.status]),
      ]);
    });
    await Promise.all(answers);
    expect(await contents()).toEqual(before);
  });

  it.each(["__proto__", "constructor", "toString", "userId", "role", "emailVerified", ""])(
    "has no member %j",
    async (name) => {
      // OAuth has clients send what servers do not know, and servers ignore it.
      if (path.startsWith("/api/auth/device/") && !/verify|approve|deny/.test(path)) {
        return;
      }
      const user = await createUserWithPassword();
      const before = await contents();
      const raw = `{${JSON.stringify(name)}:{"isAdmin":true}}`;
      expectRefused(name, await call("POST", path, { raw, headers: cookiesOfBothSteps(user) }));
      expect(await contents()).toEqual(before);
    },
  );
});

describe.each(gets)("GET %s", (path) => {
  it.each(["javascript:alert(1)", "a\0", "%00", "../..", "x".repeat(4_000)])(
    "refuses a meaningless query, such as %j",
    async (value) => {
      const user = await createUserWithPassword();
      const before = await contents();
      for (const name of ["state", "code", "error", "iss", "callbackURL", "__proto__"]) {
        const query = new URLSearchParams({ [name]: value });
        const answer = await call("GET", `${path}?${query}`, { headers: cookiesOfBothSteps(user) });
        const isLedHome = /^http:\/\/localhost:3000\/settings\/security\?error=[a-z_]+$/.test(
          answer.headers.get("location") ?? "",
        );
        expect([name, isLedHome || answer.status === 400]).toEqual([name, true]);
      }
      expect(await contents()).toEqual(before);
    },
  );
});

function pathsBy(method: string): string[] {
  return Object.entries(endpoints)
    .filter(([, endpoint]) => endpoint.method === method)
    .map(([path]) => `/api/auth${path}`);
}

/** What a route knows, for each grant type where it is a route of grants. */
async function knownBy(path: string, user: SignedIn): Promise<Known[]> {
  const known = await knownWith(path, user, {});
  return known.areNamed && known.members.some(([name]) => name === "grant_type")
    ? Promise.all(grantTypes.map((type) => knownWith(path, user, { grant_type: type })))
    : [known];
}

/**
 * The members that a route knows: those it finds wrong, and does not call unknown, when all others
 * are wrong, and those that are given. A route that refuses before it looks is taken to know all.
 */
async function knownWith(
  path: string,
  user: SignedIn,
  given: Record<string, unknown>,
): Promise<Known> {
  const wrong = members.map((path): [MemberPath, unknown] => [path, { rubbish: true }]);
  const asked = Object.entries(given).map(([name, value]): [MemberPath, unknown] => [
    [name],
    value,
  ]);
  const sent = [...wrong, ...asked].reduce<unknown>(
    (body, [path, value]) => withMember(body, path, value),
    {},
  );
  const errors = errorsIn(await send(path, user, sent));
  const known = errors
    .filter(({ detail }) => detail !== "is not a member of this request")
    .map(({ pointer }) => pointer)
    .concat(Object.keys(given).map((name) => `/${name}`));
  const areNamed = errors.length > 0;
  const paths = areNamed ? members.filter((member) => isPartOf(member, known)) : members;
  const filled = paths.map(([name = ""]) => name).filter((name) => name in good);
  const body = { ...Object.fromEntries(filled.map((name) => [name, good[name]])), ...given };
  return { body, members: paths, areNamed };
}

/** Whether a member, or a part of it, is among the pointers. */
function isPartOf(member: MemberPath, pointers: string[]): boolean {
  return pointers.some((pointer) => `${pointer}/`.startsWith(`/${member.join("/")}/`));
}

function eachMember(known: Known): [MemberPath, Known][] {
  return known.members.map((member) => [member, known]);
}

function rubbishFor([name = ""]: MemberPath): typeof rubbish {
  return rubbish.filter(([kind]) => kind !== "a link that runs" || !passwords.includes(name));
}

function errorsIn({ body }: Answer): { pointer: string; detail: string }[] {
  const isProblem = typeof body === "object" && body !== null && "errors" in body;
  return isProblem && Array.isArray(body.errors) ? body.errors : [];
}

async function send(path: string, user: SignedIn, body: unknown): Promise<Answer> {
  return call("POST", path, { body, headers: cookiesOfBothSteps(user) });
}

let pending = "";
let pendingUserId = "";

function cookiesOfBothSteps(user: SignedIn): { Cookie: string } {
  return { Cookie: `${cookieFor(user)}; evo-todo-3000.second_step=${pending}.remember` };
}

beforeAll(async () => {
  pendingUserId = (await createUserWithPassword()).id;
  pending = await issueOneTimeToken(pendingUserId, "second-step", 3_600);
});

// Each test reads every row twice.
afterEach(() => database().user.deleteMany({ where: { id: { not: pendingUserId } } }));

/** `call` has made sure that it is a problem document, or what OAuth has in its place. */
function expectRefused(what: string, { status, headers }: Answer): void {
  expect([what, status >= 400 && status < 500, status]).toEqual([what, true, status]);
  expect([what, headers.getSetCookie().join()]).toEqual([
    what,
    expect.not.stringMatching(/session_token=[^;]/),
  ]);
}

/** What is wrong is said of the member itself, or of what it is a part of. */
function expectNamed(what: string, pointer: string, answer: Answer): void {
  const pointers = errorsIn(answer).map((error) => error.pointer);
  expect([what, pointers]).toEqual([what, expect.arrayContaining([pointer])]);
}

let everyRow = "";

beforeAll(async () => {
  const tables = await database().$queryRaw<{ name: string }[]>`
    SELECT table_name AS "name" FROM information_schema.tables
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name <> 'rateLimit'`;
  const rowsOf = (name: string) =>
    `SELECT '${name}' AS "table", "t"::text AS "row" FROM "${name}" AS "t"`;
  everyRow = `${tables.map(({ name }) => rowsOf(name)).join(" UNION ALL ")} ORDER BY 1, 2`;
});

/** Every row of every table but the counters of tries, which count these as well. */
function contents(): Promise<{ table: string; row: string }[]> {
  return database().$queryRawUnsafe(everyRow);
}
