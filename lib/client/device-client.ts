import { unexpectedAnswer } from "@/lib/client/api-error";
import { postJson } from "@/lib/client/post-json";

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
  if (isWaitingDevice(answer)) return answer;
  throw unexpectedAnswer(200);
}

/** Lets a tool into the account of whoever is signed in. Throws like `findDevice`. */
export async function approveDevice(userCode: string): Promise<void> {
  await postJson("/api/auth/device/approve", { userCode });
}

/** Refuses a tool. Throws like `findDevice`. */
export async function denyDevice(userCode: string): Promise<void> {
  await postJson("/api/auth/device/deny", { userCode });
}

function isWaitingDevice(body: unknown): body is WaitingDevice {
  if (typeof body !== "object" || body === null) return false;
  if (!("clientId" in body && "scopes" in body && "ipAddress" in body && "createdAt" in body)) {
    return false;
  }
  const { clientId, scopes, ipAddress, createdAt } = body;
  const isKnownOrNull = ipAddress === null || typeof ipAddress === "string";
  const areTexts = Array.isArray(scopes) && scopes.every((scope) => typeof scope === "string");
  return typeof clientId === "string" && areTexts && isKnownOrNull && typeof createdAt === "string";
}
