import { isDatabaseReady } from "@/lib/db/health";
import { unavailable } from "@/lib/errors";
import { otherMethods } from "@/lib/http/other-methods";
import { route } from "@/lib/http/route";
import { isEnding } from "@/lib/server/shutdown";

export const GET = route(async () => {
  if (isEnding() || !(await isDatabaseReady())) {
    throw unavailable();
  }
  return Response.json({ status: "ok" });
});

export const { OPTIONS, POST, PUT, PATCH, DELETE } = otherMethods("GET");
