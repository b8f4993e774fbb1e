import { createHmac, randomBytes } from "node:crypto";
import { database } from "@/lib/db/client";

const sessionDays = 7;

/** Somebody who is signed in: a user's row and a session's. */
export type SignedIn = {
  id: string;
  email: string;
  name: string;
  sessionId: string;
  sessionToken: string;
};

/** Makes a user with a random name who is signed in, without the cost of a password. */
export async function createUser(): Promise<SignedIn> {
  const id = randomText();
  const name = `Tester ${randomText(4)}`;
  const email = randomAddress();
  await database().user.create({ data: { id, name, email } });
  return { id, name, email, ...(await createSession(id)) };
}

/** Signs a user in once more. */
export async function createSession(userId: string) {
  const sessionId = randomText();
  const sessionToken = randomText();
  const expiresAt = new Date(Date.now() + sessionDays * 86_400_000);
  await database().session.create({
    data: { id: sessionId, token: sessionToken, userId, expiresAt },
  });
  return { sessionId, sessionToken };
}

/** The `Cookie` header of a session, signed as Better Auth signs it. */
export function cookieFor({ sessionToken }: { sessionToken: string }): string {
  const secret = process.env.BETTER_AUTH_SECRET ?? "";
  const signature = createHmac("sha256", secret).update(sessionToken).digest("base64");
  return `evo-todo-3000.session_token=${encodeURIComponent(`${sessionToken}.${signature}`)}`;
}

/** The same as a header, for requests of that session. */
export function sessionCookie(session: { sessionToken: string }): { Cookie: string } {
  return { Cookie: cookieFor(session) };
}

/** Text of the characters Better Auth's own ids have. */
export function randomText(bytes = 16): string {
  return randomBytes(bytes).toString("hex");
}

/** An address that nobody has. */
export function randomAddress(): string {
  return `${randomText(6)}@example.test`;
}

/** The ids of the sessions of a user. */
export async function sessionIdsOf({ id }: Pick<SignedIn, "id">): Promise<string[]> {
  const rows = await database().session.findMany({ where: { userId: id } });
  return rows.map((row) => row.id);
}
