import { beforeEach, describe, expect, it } from "vitest";
import { createAccount } from "@/lib/account/account";
import { listApiKeys } from "@/lib/account/api-keys";
import { getProfile } from "@/lib/account/profile";
import { newPassword } from "@/lib/http/auth/auth-inputs";
import { call } from "@/tests/support/api";
import { newKey, postAs } from "@/tests/support/api-keys";
import { problemIn } from "@/tests/support/bodies";
import { naughtyKinds } from "@/tests/support/corpora/naughty-strings";
import { startDevice } from "@/tests/support/devices";
import { createUser, randomAddress, type SignedIn } from "@/tests/support/users";

const nameLengthMax = 100;
const keysMax = 100;

/** Every one of these costs a hash of a tenth of a second and more, so a few stand for all. */
const passwordsTried = 6;

const scriptUrl = /^\s*(javascript|data|vbscript):/i;
const steeringText = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u;

const names = naughtyKinds.filter(isName);
const noNames = naughtyKinds.filter((text) => !isName(text));

let user: SignedIn;

beforeEach(async () => {
  user = await createUser();
});

describe("the Big List of Naughty Strings", { timeout: 120_000 }, () => {
  it("names a person byte for byte, or is refused", async () => {
    for (const name of names) {
      expect((await postAs(user, "/update-user", { name })).status, JSON.stringify(name)).toBe(200);
      expect((await getProfile(user.id)).name).toBe(name);
    }
    for (const name of noNames) {
      const refused = await postAs(user, "/update-user", { name });
      expect(problemIn(refused).errors).toMatchObject([{ pointer: "/name" }]);
    }
  });

  it("names an API key byte for byte, or is refused", async () => {
    for (const batch of batchesOf(names, keysMax)) {
      const owner = await createUser();
      for (const name of batch) {
        const made = await postAs(owner, "/api-key/create", { ...newKey, name });
        expect(made.status, JSON.stringify(name)).toBe(200);
      }
      const stored = (await listApiKeys(owner.id)).map(({ name }) => name);
      expect(stored.toSorted()).toEqual(batch.toSorted());
    }
    for (const name of noNames) {
      const refused = await postAs(user, "/api-key/create", { ...newKey, name });
      expect(problemIn(refused).errors).toMatchObject([{ pointer: "/name" }]);
    }
  });

  it("names a device byte for byte, or is refused", async () => {
    for (const clientId of naughtyKinds) {
      if (isName(clientId) && !steeringText.test(clientId)) {
        const { approval } = await startDevice({ client_id: clientId });
        const seen = await postAs(user, "/device/verify", approval);
        expect(seen.body, JSON.stringify(clientId)).toMatchObject({ clientId });
      } else {
        const refused = await call("POST", "/api/auth/device/code", {
          body: { client_id: clientId },
        });
        expect(refused.body).toMatchObject({ status: 400, errors: [{ pointer: "/client_id" }] });
      }
    }
  });

  it("is refused as any code, token, key or scope, and never by an internal error", async () => {
    for (const text of naughtyKinds) {
      const answers = [
        await postAs(user, "/device/verify", { userCode: text }),
        await postAs(user, "/api-key/delete", { keyId: text }),
        await call("POST", "/api/auth/device/token", {
          body: { grant_type: "refresh_token", refresh_token: text },
        }),
        await call("POST", "/api/auth/verify-email", { body: { token: text } }),
        await call("POST", "/api/auth/sign-in/email", { body: { email: text, password: text } }),
      ];
      for (const { status } of answers) {
        expect([400, 401, 404], JSON.stringify(text)).toContain(status);
      }
    }
  });

  it("is a password or is refused, and signs in as it was set", async () => {
    const good: string[] = [];
    for (const password of naughtyKinds) {
      const judged = await newPassword.safeParseAsync(password);
      const email = randomAddress();
      if (judged.success) {
        good.push(password);
      } else {
        const refused = await call("POST", "/api/auth/sign-up/email", {
          body: { email, password },
        });
        expect(problemIn(refused).errors).toMatchObject([{ pointer: "/password" }]);
      }
    }
    const step = Math.ceil(good.length / passwordsTried);
    for (const password of good.filter((_, index) => index % step === 0)) {
      const email = randomAddress();
      await createAccount({ email, password, name: "Ada" });
      const right = await call("POST", "/api/auth/sign-in/email", { body: { email, password } });
      expect(right.status, JSON.stringify(password)).toBe(200);
      const body = { email, password: `${password.slice(0, -1)}\u2007` };
      expect((await call("POST", "/api/auth/sign-in/email", { body })).status).toBe(401);
    }
  });
});

/** As the forms say it. */
function isName(text: string): boolean {
  return text.trim() !== "" && [...text].length <= nameLengthMax && !scriptUrl.test(text);
}

function batchesOf(texts: string[], size: number): string[][] {
  return texts.length === 0 ? [] : [texts.slice(0, size), ...batchesOf(texts.slice(size), size)];
}
