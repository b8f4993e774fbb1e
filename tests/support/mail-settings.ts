import { afterAll, vi } from "vitest";
import { startMailServer } from "@/tests/support/mail-server";

// For a test file whose mail is read, before anything reads the environment:
// `const { mail } = await vi.hoisted(() => import("@/tests/support/mail-settings"));`.
export const mail = await startMailServer();
vi.stubEnv("SMTP_URL", mail.url);
afterAll(() => mail.close());
