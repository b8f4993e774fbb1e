import "server-only";

/**
 * What each path under `/api` offers, in its `Allow`. Only the routes answer by their methods; this
 * is for the methods that Next knows no handler for. A test holds it in step with the routes.
 */
export const apiMethods: Record<string, string> = {
  "/api/tasks": "GET, HEAD, POST, OPTIONS",
  "/api/tasks/{id}": "GET, HEAD, PUT, PATCH, DELETE, OPTIONS",
  "/api/tasks/{id}/complete": "PATCH, OPTIONS",
  "/api/tasks/{id}/restore": "POST, OPTIONS",
  "/api/health/live": "GET, HEAD, OPTIONS",
  "/api/health/ready": "GET, HEAD, OPTIONS",
  "/api/openapi.json": "GET, HEAD, OPTIONS",
  "/api/auth/sign-up/email": "POST, OPTIONS",
  "/api/auth/sign-in/email": "POST, OPTIONS",
  "/api/auth/sign-out": "POST, OPTIONS",
  "/api/auth/get-session": "GET, HEAD, OPTIONS",
  "/api/auth/token": "GET, HEAD, OPTIONS",
  "/api/auth/jwks": "GET, HEAD, OPTIONS",
  "/api/auth/list-sessions": "GET, HEAD, OPTIONS",
  "/api/auth/revoke-sessions": "POST, OPTIONS",
  "/api/auth/revoke-other-sessions": "POST, OPTIONS",
  "/api/auth/change-password": "POST, OPTIONS",
  "/api/auth/update-user": "POST, OPTIONS",
  "/api/auth/delete-user": "POST, OPTIONS",
  "/api/auth/ok": "GET, HEAD, OPTIONS",
};

const patterns = Object.entries(apiMethods).map(([path, allow]) => ({
  pattern: new RegExp(`^${path.replaceAll(".", "\\.").replaceAll("{id}", "[^/]+")}$`),
  allow,
}));

/** The `Allow` of a path under `/api`, or undefined where there is nothing. */
export function allowOf(path: string): string | undefined {
  return patterns.find(({ pattern }) => pattern.test(path))?.allow;
}
