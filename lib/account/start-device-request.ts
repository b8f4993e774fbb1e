import "server-only";
import { deviceLifeSeconds, pollSeconds } from "@/lib/account/device-times";
import { makeUserCode, showUserCode } from "@/lib/account/user-code";
import { hashToken, randomToken } from "@/lib/auth/random-token";
import { database } from "@/lib/db/client";
import type { Scope } from "@/lib/operations/scopes";

export type NewDeviceRequest = {
  clientId: string;
  scopes: Scope[];
  /** Where the request came from, as far as it is known. */
  ipAddress: string | null;
};

/** A device that waits: what it polls with, what its person types, and both times in seconds. */
export type StartedDeviceRequest = {
  deviceCode: string;
  userCode: string;
  expiresIn: number;
  interval: number;
};

/** Lets a device ask to be let in (RFC 8628, section 3.2). Of its own code only the hash is stored. */
export async function startDeviceRequest(input: NewDeviceRequest): Promise<StartedDeviceRequest> {
  const deviceCode = randomToken();
  const userCode = makeUserCode();
  const { count } = await database().deviceRequest.createMany({
    data: {
      ...input,
      scopes: input.scopes.join(" "),
      hash: hashToken(deviceCode),
      userCode,
      intervalSeconds: pollSeconds,
      expiresAt: new Date(Date.now() + deviceLifeSeconds * 1_000),
    },
    skipDuplicates: true,
  });
  const isCodeTaken = count === 0;
  return isCodeTaken
    ? startDeviceRequest(input)
    : {
        deviceCode,
        userCode: showUserCode(userCode),
        expiresIn: deviceLifeSeconds,
        interval: pollSeconds,
      };
}
