import { setupServer } from "msw/node";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { z } from "zod";
import { database } from "@/lib/db/client";
import { call } from "@/tests/support/api";
import { problemIn } from "@/tests/support/bodies";
import { fakeProviders } from "@/tests/support/providers";
import { createUser, randomAddress } from "@/tests/support/users";

vi.hoisted(() => {
  vi.stubEnv("SIGNUPS", "closed");
  vi.stubEnv("GITHUB_CLIENT_ID", "github-client");
  vi.stubEnv("GITHUB_CLIENT_SECRET", "github-secret");
});

const { handlers, agree } = fakeProviders();
const network = setupServer(...handlers);

beforeAll(() => network.listen({ onUnhandledRequest: "error" }));
afterAll(() => network.close());

it("a site that is closed makes no account, and says so alike for a taken address", async () => {
  const user = await createUser();
  const count = await database().user.count();
  for (const email of [user.email, randomAddress()]) {
    const body = { email, password: "quiet otter reads maps" };
    const answer = await call("POST", "/api/auth/sign-up/email", { body });
    expect(answer.status).toBe(403);
    expect(problemIn(answer).code).toBe("sign_ups_closed");
    expect(answer.headers.getSetCookie()).toEqual([]);
  }
  expect(await database().user.count()).toBe(count);
});

it("a provider signs in people with an account, and makes no new one", async () => {
  const user = await createUser();
  await database().user.update({ where: { id: user.id }, data: { emailVerified: true } });
  const count = await database().user.count();
  expect(await locationFor(randomAddress())).toBe(
    "http://localhost:3000/sign-in?error=sign_ups_closed",
  );
  expect(await locationFor(user.email)).toBe("http://localhost:3000/tasks");
  expect(await database().user.count()).toBe(count);
});

async function locationFor(email: string): Promise<string | null> {
  const begun = await call("POST", "/api/auth/sign-in/social", { body: { provider: "github" } });
  const { url } = z.object({ url: z.string() }).parse(begun.body);
  const id = String(Math.floor(Math.random() * 1e9));
  const query = new URLSearchParams({
    state: new URL(url).searchParams.get("state") ?? "",
    code: agree(url, { id, email, verified: true, name: "Ada" }),
  });
  const [cookie = ""] = begun.headers.getSetCookie();
  const headers = { Cookie: decodeURIComponent(cookie.split(";")[0] ?? "") };
  const back = await call("GET", `/api/auth/callback/github?${query}`, { headers });
  return back.headers.get("location");
}
