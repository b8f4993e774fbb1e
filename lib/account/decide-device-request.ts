import "server-only";
import { refuseTooManyKeys } from "@/lib/account/insert-api-key";
import { changeAs } from "@/lib/account/locks";
import { readUserCode } from "@/lib/account/user-code";
import { AppError } from "@/lib/errors";

/**
 * Lets the device in that waits under a code, or turns it away. Once; it makes nothing yet: the
 * device gets its API key when it asks next.
 *
 * @param sessionId the session that asks
 * @param userCode as it was typed
 * @throws AppError `not_found` when no device waits under it; `conflict` for a user who has as many
 *   API keys as there may be; `unauthenticated` when the session was ended in the same moment
 */
export async function decideDeviceRequest(
  userId: string,
  sessionId: string,
  userCode: string,
  decision: "approved" | "denied",
): Promise<void> {
  const code = readUserCode(userCode);
  await changeAs(userId, sessionId, async (tx) => {
    if (decision === "approved") {
      await refuseTooManyKeys(tx, userId);
    }
    const { count } = await tx.deviceRequest.updateMany({
      where: { userCode: code ?? "", status: "pending", expiresAt: { gt: new Date() } },
      data: { status: decision, userId },
    });
    if (count === 0) {
      throw noSuchDevice();
    }
  });
}

/** The one answer for a code that is wrong, over, or decided upon. */
export function noSuchDevice(): AppError {
  return new AppError(
    "not_found",
    "No device waits under this code. Check the letters, or start over on the device.",
  );
}
