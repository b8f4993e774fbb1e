import { vi } from "vitest";

// For a test file that signs in from elsewhere, before anything reads the environment:
// `await vi.hoisted(() => import("@/tests/support/provider-settings"))`.
for (const name of ["github", "google"]) {
  vi.stubEnv(`${name.toUpperCase()}_CLIENT_ID`, `${name}-client`);
  vi.stubEnv(`${name.toUpperCase()}_CLIENT_SECRET`, `${name}-secret`);
}
