import { expect, it } from "vitest";
import { database } from "@/lib/db/client";
import { call } from "@/tests/support/api";
import { cookieFor, createUser, randomAddress } from "@/tests/support/users";

const password = "quiet otter reads maps";

it("a new account is signed in at once, without waiting for a mail", async () => {
  const body = { email: randomAddress(), password };
  const answer = await call("POST", "/api/auth/sign-up/email", { body });
  expect(answer.status).toBe(200);
  expect(answer.body).toMatchObject({ user: { email: body.email, emailVerified: false } });
  expect(answer.headers.getSetCookie().join()).toMatch(/session_token=.+known_browser=/s);
});

it("without its variables no provider is offered", async () => {
  for (const provider of ["github", "google"]) {
    const headers = { Cookie: cookieFor(await createUser()) };
    for (const path of ["sign-in/social", "link-social"]) {
      const answer = await call("POST", `/api/auth/${path}`, { headers, body: { provider } });
      expect(answer.body).toMatchObject({
        code: "invalid_input",
        errors: [{ pointer: "/provider", detail: "is not offered on this site" }],
      });
    }
    const back = await call("GET", `/api/auth/callback/${provider}?state=a&code=b`);
    expect(back.headers.get("location")).toBe("http://localhost:3000/sign-in?error=expired");
  }
  expect(await database().verification.count()).toBe(0);
});
