import { beforeEach, describe, expect, it } from "vitest";
import { getTwoStep } from "@/lib/account/two-step";
import { database } from "@/lib/db/client";
import { call } from "@/tests/support/api";
import { problemIn } from "@/tests/support/bodies";
import { addPasskeyTo } from "@/tests/support/passkey";
import { makeSessionOld } from "@/tests/support/recency";
import {
  codeOf,
  enrolmentIn,
  recoveryCodesIn,
  turnOnTwoStep,
  wrongCodeOf,
} from "@/tests/support/two-step";
import { cookieFor, createSession, createUser, type SignedIn } from "@/tests/support/users";

const paths = ["enable", "confirm", "disable", "generate-backup-codes"];
const groups = /^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/;

let user: SignedIn;

beforeEach(async () => {
  user = await createUser();
});

describe("an authenticator app", () => {
  it("gets a secret of its own, in a form that every app reads", async () => {
    const answer = await post("enable", { method: "totp" });
    const { totpURI, secret } = enrolmentIn(answer);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    const uri = new URL(totpURI);
    expect(decodeURIComponent(uri.pathname)).toBe(`/Evo-TODO:${user.email}`);
    expect(Object.fromEntries(uri.searchParams)).toEqual({
      issuer: "Evo-TODO",
      secret,
      algorithm: "SHA1",
      digits: "6",
      period: "30",
    });
    expect(enrolmentIn(await post("enable", { method: "totp" })).secret).not.toBe(secret);
  });

  it("takes effect once its first code was right, and not before", async () => {
    const { secret } = enrolmentIn(await post("enable", { method: "totp" }));
    expect(await getTwoStep(user.id)).toEqual(off);
    expect(problemIn(await post("confirm", { code: wrongCodeOf(secret) })).errors).toEqual([
      { pointer: "/code", detail: "is not right, or was used before" },
    ]);
    expect(await getTwoStep(user.id)).toEqual(off);

    const codes = recoveryCodesIn(await post("confirm", { code: codeOf(secret) }));
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) {
      expect(code).toMatch(groups);
    }
    expect(await getTwoStep(user.id)).toEqual({
      enabled: true,
      authenticatorApp: true,
      recoveryCodesLeft: 10,
    });
  });

  it("is stored so that the database reveals neither its secret nor the recovery codes", async () => {
    const { secret, recoveryCodes } = await turnOnTwoStep(user);
    const rows = JSON.stringify([
      (await database().twoStep.findUniqueOrThrow({ where: { userId: user.id } })).secret,
      await database().recoveryCode.findMany({ where: { userId: user.id } }),
    ]);
    for (const text of [secret, ...recoveryCodes, ...recoveryCodes.map(plain)]) {
      expect(rows).not.toContain(text);
    }
  });

  it("is not replaced without being turned off", async () => {
    await turnOnTwoStep(user);
    expect((await post("enable", { method: "totp" })).status).toBe(409);
    expect((await post("enable", { method: "passkey" })).status).toBe(409);
    expect((await post("confirm", { code: "123456" })).status).toBe(409);
  });

  it("is confirmed only after a recent sign-in", async () => {
    const { secret } = enrolmentIn(await post("enable", { method: "totp" }));
    await makeSessionOld(user);
    const answer = await post("confirm", { code: codeOf(secret) });
    expect(problemIn(answer).code).toBe("recent_sign_in_required");
    expect(await getTwoStep(user.id)).toEqual(off);
  });

  it("is confirmed once by parallel requests", async () => {
    const { secret } = enrolmentIn(await post("enable", { method: "totp" }));
    const answers = await Promise.all(
      [1, 2, 3].map(() => post("confirm", { code: codeOf(secret) })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect(await database().recoveryCode.count({ where: { userId: user.id } })).toBe(10);
  });

  it("gets ten wrong first codes in a quarter of an hour", async () => {
    const { secret } = enrolmentIn(await post("enable", { method: "totp" }));
    const code = wrongCodeOf(secret);
    const tries = await Promise.all(Array.from({ length: 12 }, () => post("confirm", { code })));
    expect(tries.filter(({ status }) => status === 400)).toHaveLength(10);
    expect((await post("confirm", { code: codeOf(secret) })).status).toBe(429);
    expect(await getTwoStep(user.id)).toEqual(off);
  });
});

describe("passkeys as the second step", () => {
  it("need one, and an app can join them later", async () => {
    expect(problemIn(await post("enable", { method: "passkey" })).code).toBe("conflict");
    await addPasskeyTo(user);
    expect(recoveryCodesIn(await post("enable", { method: "passkey" }))).toHaveLength(10);
    expect(await getTwoStep(user.id)).toMatchObject({ enabled: true, authenticatorApp: false });

    const { secret } = enrolmentIn(await post("enable", { method: "totp" }));
    expect(await getTwoStep(user.id)).toMatchObject({ enabled: true, authenticatorApp: false });
    expect((await post("confirm", { code: codeOf(secret) })).status).toBe(200);
    expect(await getTwoStep(user.id)).toMatchObject({ enabled: true, authenticatorApp: true });
  });
});

it("an unconfirmed app is deleted when passkeys are turned on as the second step", async () => {
  const { secret } = enrolmentIn(await post("enable", { method: "totp" }));
  await addPasskeyTo(user);
  expect((await post("enable", { method: "passkey" })).status).toBe(200);
  expect(problemIn(await post("confirm", { code: codeOf(secret) })).code).toBe("conflict");
});

describe("two-step sign-in that is on", () => {
  it("is turned off with everything that belongs to it", async () => {
    await turnOnTwoStep(user);
    expect(await post("disable", {})).toMatchObject({ status: 200, body: { status: true } });
    expect(await getTwoStep(user.id)).toEqual(off);
    expect(await database().recoveryCode.count({ where: { userId: user.id } })).toBe(0);
    expect(await post("disable", {})).toMatchObject({ status: 200, body: { status: true } });
  });

  it("gets new recovery codes in place of the previous ones", async () => {
    const { recoveryCodes } = await turnOnTwoStep(user);
    const codes = recoveryCodesIn(await post("generate-backup-codes", {}));
    expect(codes).toHaveLength(10);
    expect(codes.filter((code) => recoveryCodes.includes(code))).toEqual([]);
    expect(await database().recoveryCode.count({ where: { userId: user.id } })).toBe(10);
  });

  it("has no recovery codes while it is off", async () => {
    expect((await post("generate-backup-codes", {})).status).toBe(409);
    expect(await database().recoveryCode.count({ where: { userId: user.id } })).toBe(0);
  });

  it("leaves other sessions as they are", async () => {
    await createSession(user.id);
    await turnOnTwoStep(user);
    expect(await database().session.count({ where: { userId: user.id } })).toBe(2);
  });
});

describe("every change of it", () => {
  it.each(paths)("%s requires a session", async (path) => {
    const body = { method: "totp" };
    expect((await call("POST", `/api/auth/two-factor/${path}`, { body })).status).toBe(401);
  });

  it.each(paths.filter((path) => path !== "confirm"))(
    "%s asks for a recent sign-in",
    async (path) => {
      await makeSessionOld(user);
      const body = path === "enable" ? { method: "totp" } : {};
      expect(problemIn(await post(path, body)).code).toBe("recent_sign_in_required");
      expect(await database().twoStep.count({ where: { userId: user.id } })).toBe(0);
    },
  );

  it.each([
    ["enable", {}, "/method"],
    ["enable", { method: "sms" }, "/method"],
    ["enable", { method: ["totp"] }, "/method"],
    ["enable", { method: "totp", secret: "x" }, "/secret"],
    ["confirm", {}, "/code"],
    ["confirm", { code: 123456 }, "/code"],
    ["confirm", { code: "12345" }, "/code"],
    ["confirm", { code: "1234567" }, "/code"],
    ["confirm", { code: "12345\0" }, "/code"],
    ["confirm", { code: "١٢٣٤٥٦" }, "/code"],
    ["confirm", { code: { contains: "" } }, "/code"],
    ["confirm", { code: "1".repeat(60_000) }, "/code"],
    ["disable", { userId: "x" }, "/userId"],
    ["generate-backup-codes", { count: 1 }, "/count"],
  ])("%s refuses %j", async (path, body, pointer) => {
    const answer = await post(path, body);
    expect(answer.status).toBe(400);
    expect(problemIn(answer).errors?.map((error) => error.pointer)).toEqual([pointer]);
  });
});

const off = { enabled: false, authenticatorApp: false, recoveryCodesLeft: 0 };

function post(path: string, body: unknown) {
  const headers = { Cookie: cookieFor(user) };
  return call("POST", `/api/auth/two-factor/${path}`, { headers, body });
}

function plain(code: string): string {
  return code.replaceAll("-", "");
}
