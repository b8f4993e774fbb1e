import "server-only";
import { isMadeOfOwnWords } from "@/lib/auth/own-words";
import { invalidMembers } from "@/lib/errors";

/** @throws AppError `invalid_input` for a password made of the person's or the site's own words */
export function refuseOwnWords(
  pointer: string,
  password: string,
  person: { email: string; name: string },
): void {
  if (isMadeOfOwnWords(password, person)) {
    throw invalidMembers([
      { pointer, detail: "is too close to your name, your address or the site's name" },
    ]);
  }
}
