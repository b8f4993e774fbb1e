import { http } from "msw";
import { answer } from "@/tests/support/api";

/**
 * What msw needs to take a component's requests to the real route handlers:
 * `setupServer(wire)`, after `openTestDatabase()`.
 */
export const wire = http.all("*/api/*", ({ request }) => answer(request));
