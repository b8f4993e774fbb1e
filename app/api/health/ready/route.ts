import { isDatabaseReady } from "@/lib/db/health";
import { AppError } from "@/lib/errors";
import { otherMethods } from "@/lib/http/other-methods";
import { route } from "@/lib/http/route";
import { isEnding } from "@/lib/server/shutdown";

export const GET = route(async () => {
  if (isEnding() || !(await isDatabaseReady())) {
    throw new AppError("unavailable", "This process is not ready. Try again in a moment.", {
      headers: { "Retry-After": "2" },
    });
  }
  return Response.json({ status: "ok" });
});

export const { OPTIONS, POST, PUT, PATCH, DELETE } = otherMethods("/api/health/ready");
