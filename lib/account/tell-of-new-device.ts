import "server-only";
import { countNotice } from "@/lib/account/count-notice";
import { ipAddressOf } from "@/lib/auth/client-ip";
import { deviceName, userAgentOf } from "@/lib/auth/user-agent";
import { database } from "@/lib/db/client";
import { newDeviceMessage } from "@/lib/mail/notice-messages";
import { sendMail } from "@/lib/mail/send-mail";

/**
 * Tells a person of a sign-in from a browser that the account does not know. Returns at once.
 *
 * @param headers those of the request that signed in
 */
export function tellOfNewDevice(user: { email: string; name: string }, headers: Headers): void {
  const device = deviceName(userAgentOf(headers));
  const networkAddress = ipAddressOf(headers) ?? "unknown";
  const at = new Date();
  sendMail(async () => {
    const profile = await database().user.findUnique({
      where: { email: user.email },
      select: { timeZone: true, timeFormat: true },
    });
    return profile && (await countNotice(user.email))
      ? newDeviceMessage(user, { device, networkAddress, time: inWords(at, profile) })
      : null;
  });
}

/** A moment as the person reads clocks, with the name of the zone. */
function inWords(
  moment: Date,
  { timeZone, timeFormat }: { timeZone: string | null; timeFormat: string | null },
): string {
  const zone = timeZone ?? "UTC";
  const words = new Intl.DateTimeFormat("en-GB", {
    dateStyle: "full",
    timeStyle: "short",
    timeZone: zone,
    hour12: timeFormat === "12",
  }).format(moment);
  return `${words} (${zone})`;
}
