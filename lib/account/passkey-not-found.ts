import "server-only";
import { AppError } from "@/lib/errors";

/** The same for a passkey that never was, was removed, or is somebody else's. */
export function passkeyNotFound(): AppError {
  return new AppError("not_found", "There is no such passkey.");
}
