import { beforeAll, vi } from "vitest";
import { call } from "@/tests/support/api";
import { unconfirmedMailRoutes } from "@/tests/support/mail-routes";
import { testMailTrouble } from "@/tests/support/mail-trouble";

const { mail } = await vi.hoisted(() => import("@/tests/support/mail-settings"));
vi.hoisted(() => vi.stubEnv("REQUIRE_EMAIL_VERIFICATION", "1"));
// The first request loads the route.
beforeAll(() => call("GET", "/api/auth/ok"));

testMailTrouble(mail, unconfirmedMailRoutes);
