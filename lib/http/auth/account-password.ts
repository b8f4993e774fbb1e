import "server-only";
import { networkOf } from "@/lib/auth/client-ip";
import { type PasswordProof, verifyCredentials } from "@/lib/auth/credentials";
import { limitRequests } from "@/lib/auth/rate-limits";
import { invalidMembers } from "@/lib/errors";
import { logAuthEvent } from "@/lib/http/auth/auth-log";
import { passwordTries, tryPassword } from "@/lib/http/auth/try-password";
import { wrongPassword } from "@/lib/http/auth/wrong-password";

/**
 * Asks somebody for the password of an account once more. Tries count as those of a sign-in do, right
 * ones too: each costs a hash, of which few run at once.
 *
 * @param request where it comes from; a browser that is known has tries of its own
 * @param pointer the member of the body that holds it
 * @throws AppError `invalid_input` at the pointer for a wrong one, `rate_limited`, `unavailable`
 */
export async function requireAccountPassword(
  request: Request,
  user: { email: string },
  pointer: string,
  password: string,
): Promise<PasswordProof> {
  await limitRequests("signIn", networkOf(request.headers));
  try {
    const tries = await passwordTries(request.headers, user.email);
    return await tryPassword(tries, async () => {
      const proof = await verifyCredentials(user.email, password);
      if (!proof) {
        throw invalidMembers([{ pointer, detail: "is not the account's password" }], wrongPassword);
      }
      return proof;
    });
  } catch (error) {
    logAuthEvent("password refused");
    throw error;
  }
}
