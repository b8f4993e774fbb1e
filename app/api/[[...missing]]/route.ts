import { AppError } from "@/lib/errors";
import { route } from "@/lib/http/route";

export const GET = route(async () => {
  throw new AppError("not_found", "There is nothing at this address. The API is at /docs.");
});

export const HEAD = GET;
export const POST = GET;
export const PUT = GET;
export const PATCH = GET;
export const DELETE = GET;
export const OPTIONS = GET;
