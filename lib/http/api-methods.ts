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
  "/api/token": "POST, OPTIONS",
  "/api/health/live": "GET, HEAD, OPTIONS",
  "/api/health/ready": "GET, HEAD, OPTIONS",
  "/api/openapi.json": "GET, HEAD, OPTIONS",
  "/api/auth/sign-up/email": "POST, OPTIONS",
  "/api/auth/sign-in/email": "POST, OPTIONS",
  "/api/auth/two-factor/enable": "POST, OPTIONS",
  "/api/auth/two-factor/confirm": "POST, OPTIONS",
  "/api/auth/two-factor/disable": "POST, OPTIONS",
  "/api/auth/two-factor/generate-backup-codes": "POST, OPTIONS",
  "/api/auth/two-factor/verify-totp": "POST, OPTIONS",
  "/api/auth/two-factor/verify-backup-code": "POST, OPTIONS",
  "/api/auth/passkey/generate-register-options": "POST, OPTIONS",
  "/api/auth/passkey/verify-registration": "POST, OPTIONS",
  "/api/auth/passkey/generate-authenticate-options": "POST, OPTIONS",
  "/api/auth/passkey/verify-authentication": "POST, OPTIONS",
  "/api/auth/passkey/update-passkey": "POST, OPTIONS",
  "/api/auth/passkey/delete-passkey": "POST, OPTIONS",
  "/api/auth/verify-password": "POST, OPTIONS",
  "/api/auth/sign-out": "POST, OPTIONS",
  "/api/auth/get-session": "GET, HEAD, OPTIONS",
  "/api/auth/token": "GET, HEAD, OPTIONS",
  "/api/auth/jwks": "GET, HEAD, OPTIONS",
  "/api/auth/list-sessions": "GET, HEAD, OPTIONS",
  "/api/auth/revoke-session": "POST, OPTIONS",
  "/api/auth/revoke-sessions": "POST, OPTIONS",
  "/api/auth/revoke-other-sessions": "POST, OPTIONS",
  "/api/auth/change-password": "POST, OPTIONS",
  "/api/auth/update-user": "POST, OPTIONS",
  "/api/auth/set-password": "POST, OPTIONS",
  "/api/auth/delete-user": "POST, OPTIONS",
  "/api/auth/export-data": "GET, HEAD, OPTIONS",
  "/api/auth/sign-in/social": "POST, OPTIONS",
  "/api/auth/callback/github": "GET, HEAD, OPTIONS",
  "/api/auth/callback/google": "GET, HEAD, OPTIONS",
  "/api/auth/link-social": "POST, OPTIONS",
  "/api/auth/unlink-account": "POST, OPTIONS",
  "/api/auth/request-password-reset": "POST, OPTIONS",
  "/api/auth/reset-password": "POST, OPTIONS",
  "/api/auth/send-verification-email": "POST, OPTIONS",
  "/api/auth/verify-email": "POST, OPTIONS",
  "/api/auth/decline-account": "POST, OPTIONS",
  "/api/auth/change-email": "POST, OPTIONS",
  "/api/auth/confirm-email-change": "POST, OPTIONS",
  "/api/auth/api-key/create": "POST, OPTIONS",
  "/api/auth/api-key/list": "GET, HEAD, OPTIONS",
  "/api/auth/api-key/delete": "POST, OPTIONS",
  "/api/auth/device/code": "POST, OPTIONS",
  "/api/auth/device/token": "POST, OPTIONS",
  "/api/auth/device/verify": "POST, OPTIONS",
  "/api/auth/device/approve": "POST, OPTIONS",
  "/api/auth/device/deny": "POST, OPTIONS",
  "/api/auth/ok": "GET, HEAD, OPTIONS",
};

const patterns = Object.entries(apiMethods).map(([path, allow]) => ({
  path,
  pattern: new RegExp(`^${path.replaceAll(".", "\\.").replaceAll("{id}", "[^/]+")}$`),
  allow,
}));

/** The `Allow` of a path under `/api`, or undefined where there is nothing. */
export function allowOf(path: string): string | undefined {
  return patterns.find(({ pattern }) => pattern.test(path))?.allow;
}

/**
 * A path under `/api` as the table spells it, `/api/tasks/{id}` for any task, and `/api/*` where there
 * is nothing: what somebody put into an address is not for the log.
 */
export function apiPatternOf(path: string): string {
  return patterns.find(({ pattern }) => pattern.test(path))?.path ?? "/api/*";
}
