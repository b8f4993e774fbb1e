import { otherMethods } from "@/lib/http/other-methods";
import { route } from "@/lib/http/route";

export const GET = route(async () => Response.json({ status: "ok" }));

export const { OPTIONS, POST, PUT, PATCH, DELETE } = otherMethods("/api/health/live");
