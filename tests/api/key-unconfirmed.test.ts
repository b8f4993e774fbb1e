import { expect, it, vi } from "vitest";
import { listApiKeys } from "@/lib/account/api-keys";
import { database } from "@/lib/db/client";
import { call } from "@/tests/support/api";
import { createKeyFor, newKey, postAs } from "@/tests/support/api-keys";
import { problemIn } from "@/tests/support/bodies";
import { postForm, startDevice } from "@/tests/support/devices";
import { createUser } from "@/tests/support/users";

vi.hoisted(() => vi.stubEnv("REQUIRE_EMAIL_VERIFICATION", "1"));

it("an account with an unconfirmed address makes no key, gets no token and approves no device", async () => {
  const user = await createUser();
  const { key } = await createKeyFor(user);
  const { approval } = await startDevice();
  const answers = [
    await postAs(user, "/api-key/create", newKey),
    await call("POST", "/api/token", { headers: { "x-api-key": key } }),
    await postAs(user, "/device/approve", approval),
  ];
  for (const answer of answers) {
    expect(problemIn(answer)).toMatchObject({ status: 403, code: "email_not_verified" });
  }
  const refreshed = await postForm("/device/token", {
    grant_type: "refresh_token",
    refresh_token: key,
  });
  expect(refreshed.body).toMatchObject({
    error: "access_denied",
    status: 403,
    code: "email_not_verified",
  });
  expect(await listApiKeys(user.id)).toHaveLength(1);

  await database().user.update({ where: { id: user.id }, data: { emailVerified: true } });
  expect((await call("POST", "/api/token", { headers: { "x-api-key": key } })).status).toBe(200);
});
