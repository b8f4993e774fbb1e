import "server-only";
import { hasWayIn } from "@/lib/account/has-way-in";
import { changeAs } from "@/lib/account/locks";
import { AppError } from "@/lib/errors";
import type { Provider } from "@/lib/provider-names";

/**
 * Ends the way into an account by a provider.
 *
 * @param sessionId the session that asks
 * @throws AppError `not_found` where it is not linked, `conflict` when it is the last way in,
 *   `unauthenticated` when the session was ended in the same moment
 */
export async function unlinkProvider(
  userId: string,
  sessionId: string,
  provider: Provider,
): Promise<void> {
  await changeAs(userId, sessionId, async (tx) => {
    const { count } = await tx.account.deleteMany({ where: { userId, providerId: provider } });
    if (count === 0) {
      throw new AppError("not_found", "The account is not linked to this provider.");
    }
    if (!(await hasWayIn(tx, userId))) {
      throw new AppError(
        "conflict",
        "This is the last way into your account. Set a password or add a passkey first.",
      );
    }
  });
}
