import { http } from "msw";
import { answerBrowser } from "@/tests/support/answer-browser";
import { cookieFor, type SignedIn } from "@/tests/support/users";

/** As `wire`, with the cookie of the person who is signed in at the time of the request. */
export function signedInWire(person: () => SignedIn) {
  return http.all("*/api/*", ({ request }) => answerBrowser(request, cookieFor(person())));
}
