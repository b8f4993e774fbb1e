import "server-only";
import { AppError } from "@/lib/errors";

/**
 * The error for a method that a path does not offer (RFC 9110, section 15.5.6).
 *
 * @param allow the methods that it does offer, as the `Allow` header lists them
 */
export function methodNotAllowed(method: string, allow: string): AppError {
  return new AppError("method_not_allowed", `${method} is not offered here. Use ${allow}.`, {
    headers: { Allow: allow },
  });
}
