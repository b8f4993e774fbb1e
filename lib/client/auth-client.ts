import { postJson } from "@/lib/client/post-json";
import { openTabChannel } from "@/lib/client/tab-channel";

export type Credentials = { email: string; password: string };

const nameLengthMax = 100;

/**
 * Makes an account and signs in. The display name is the address before its "@" until it is changed.
 *
 * @throws ApiError with the server's code, or `network` and `timeout` without an answer
 */
export async function signUp({ email, password }: Credentials): Promise<void> {
  const name = Array.from(email.split("@")[0] ?? email)
    .slice(0, nameLengthMax)
    .join("");
  await postJson("/api/auth/sign-up/email", { email, password, name });
}

/**
 * Signs in; the browser keeps the session in a cookie that no script can read.
 *
 * @throws ApiError, with status 401 when address and password do not match an account
 */
export async function signIn({ email, password }: Credentials): Promise<void> {
  await postJson("/api/auth/sign-in/email", { email, password });
}

/**
 * Ends the session on the server and tells the other tabs. Load a page anew afterwards, so that
 * nothing stays in memory.
 *
 * @throws ApiError when the server did not confirm it
 */
export async function signOut(): Promise<void> {
  await postJson("/api/auth/sign-out", {});
  const channel = openTabChannel();
  channel.tell({ kind: "signed-out" });
  channel.close();
}
