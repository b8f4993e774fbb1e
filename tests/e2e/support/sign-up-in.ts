import { randomUUID } from "node:crypto";
import type { BrowserContext } from "@playwright/test";
import type { Person } from "./person";

/** Signs a new person up in a browser, which keeps the cookies just as the server sets them. */
export async function signUpIn(context: BrowserContext): Promise<Person> {
  const email = `person-${randomUUID()}@example.com`;
  const password = `correct horse ${randomUUID()}`;
  const data = { name: "Robin", email, password };
  const answer = await context.request.post("/api/auth/sign-up/email", { data });
  if (!answer.ok()) {
    throw new Error(`Signing up answered ${answer.status()}.`);
  }
  const { token }: { token: string } = await (await context.request.get("/api/auth/token")).json();
  const cookies = await context.cookies();
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  return { email, password, cookie, token };
}
