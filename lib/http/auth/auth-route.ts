import "server-only";
import { authPath } from "@/lib/auth/create-auth";
import { refuseOtherHost } from "@/lib/auth/site";
import { AppError } from "@/lib/errors";
import { accountEndpoints } from "@/lib/http/auth/account";
import { apiKeyEndpoints } from "@/lib/http/auth/api-keys";
import { identityEndpoints } from "@/lib/http/auth/confirm-identity";
import { deviceEndpoints } from "@/lib/http/auth/device";
import { answerEndpoint, type Endpoints } from "@/lib/http/auth/endpoint";
import { type ExportTasks, exportEndpoints } from "@/lib/http/auth/export-data";
import { mailLinkEndpoints } from "@/lib/http/auth/mail-links";
import { passkeyEndpoints } from "@/lib/http/auth/passkeys";
import { providerEndpoints } from "@/lib/http/auth/providers";
import { secondStepEndpoints } from "@/lib/http/auth/second-step";
import { sessionEndpoints } from "@/lib/http/auth/sessions";
import { signInEndpoints } from "@/lib/http/auth/sign-in";
import { type CreateOnboardingTasks, signUpEndpoints } from "@/lib/http/auth/sign-up";
import { twoStepEndpoints } from "@/lib/http/auth/two-step";
import { type Handler, route } from "@/lib/http/route";

/** What the auth routes need to know about tasks. */
export type TaskHooks = {
  /**
   * Called for a new account whose sign-up asked for them. If it fails, the sign-up succeeds
   * anyway.
   */
  createOnboardingTasks: CreateOnboardingTasks;
  /** The tasks of a user, for the export of their data. */
  exportTasks: ExportTasks;
};

/**
 * The auth routes, behind our limits and our checks of body, host and origin. Each has one spelling;
 * every other path under `/api/auth` is not found.
 */
export function authRoute(tasks: TaskHooks): Handler {
  const endpoints = new Map(Object.entries(authEndpoints(tasks)));
  return route(async (request) => {
    refuseOtherHost(request.headers);
    const endpoint = endpoints.get(new URL(request.url).pathname.slice(authPath.length));
    if (!endpoint) {
      throw new AppError("not_found", "There is nothing at this path.");
    }
    return answerEndpoint(endpoint, request);
  });
}

/** All auth routes by their path below `/api/auth`. */
export function authEndpoints({ createOnboardingTasks, exportTasks }: TaskHooks): Endpoints {
  return {
    ...signUpEndpoints(createOnboardingTasks),
    ...signInEndpoints,
    ...identityEndpoints,
    ...secondStepEndpoints,
    ...twoStepEndpoints,
    ...passkeyEndpoints,
    ...providerEndpoints(createOnboardingTasks),
    ...sessionEndpoints,
    ...accountEndpoints,
    ...exportEndpoints(exportTasks),
    ...mailLinkEndpoints,
    ...apiKeyEndpoints,
    ...deviceEndpoints,
  };
}
