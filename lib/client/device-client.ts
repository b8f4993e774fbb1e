import { unexpectedAnswer } from "@/lib/client/api-error";
import { isRecord } from "@/lib/client/is-record";
import { postJson } from "@/lib/client/post-json";
import { areTexts, isTextOrNull } from "@/lib/client/read-body";

/** A tool that waits to be let in, as it describes itself. */
export type WaitingDevice = {
  clientId: string;
  scopes: string[];
  ipAddress: string | null;
  createdAt: string;
};

/**
 * The tool that shows this code.
 *
 * @throws ApiError for a code that nothing waits under, or no longer
 */
export async function findDevice(userCode: string): Promise<WaitingDevice> {
  const answer = await postJson("/api/auth/device/verify", { userCode });
  if (!isWaitingDevice(answer)) {
    throw unexpectedAnswer();
  }
  return answer;
}

/**
 * Lets a tool into the account of the person who is signed in.
 *
 * @throws ApiError `recent_sign_in_required`, and as `findDevice` does
 */
export async function approveDevice(userCode: string): Promise<void> {
  await postJson("/api/auth/device/approve", { userCode });
}

/**
 * Refuses a tool.
 *
 * @throws ApiError as `findDevice` does
 */
export async function denyDevice(userCode: string): Promise<void> {
  await postJson("/api/auth/device/deny", { userCode });
}

function isWaitingDevice(body: unknown): body is WaitingDevice {
  return (
    isRecord(body) &&
    typeof body.clientId === "string" &&
    areTexts(body.scopes) &&
    isTextOrNull(body.ipAddress) &&
    typeof body.createdAt === "string"
  );
}
