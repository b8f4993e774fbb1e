import "server-only";
import { cookies, headers } from "next/headers";
import { isTimeZone, type Profile } from "@/lib/account/profile-values";
import type { LocaleSettings } from "./day-words";
import { dateLocale, timeZoneCookie } from "./reader-clock";

/** How the reader of a page likes dates and times, by their profile, their browser, or else in UTC. */
export async function readLocaleSettings(
  profile: Pick<Profile, "timeZone" | "timeFormat">,
): Promise<LocaleSettings> {
  const [sent, jar] = await Promise.all([headers(), cookies()]);
  const said = profile.timeZone ?? "";
  const isSaid = isTimeZone(said);
  // A cookie can hold anything.
  const guess = jar.get(timeZoneCookie)?.value ?? "";
  return {
    locale: dateLocale(sent.get("accept-language")),
    timeZone: [said, guess].find(isTimeZone) ?? "UTC",
    isTimeZoneGuessed: !isSaid,
    timeFormat: profile.timeFormat,
  };
}
