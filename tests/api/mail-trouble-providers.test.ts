import { vi } from "vitest";
import { providerMailRoutes } from "@/tests/support/mail-routes";
import { testMailTrouble } from "@/tests/support/mail-trouble";
import { serveProviders } from "@/tests/support/provider-visits";

const { mail } = await vi.hoisted(() => import("@/tests/support/mail-settings"));
await vi.hoisted(() => import("@/tests/support/provider-settings"));

serveProviders();

testMailTrouble(mail, providerMailRoutes);
