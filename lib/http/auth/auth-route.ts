import "server-only";
import { authPath } from "@/lib/auth/server";
import { refuseOtherHost, refuseOtherSite } from "@/lib/auth/site";
import { AppError } from "@/lib/errors";
import {
  changePassword,
  deleteUser,
  issueToken,
  passOn,
  publishKeys,
  revokeSessions,
  updateUser,
} from "@/lib/http/auth/account";
import { signIn, signOut, signUp } from "@/lib/http/auth/sign-in";
import { refuseQuery } from "@/lib/http/read-query";
import { type Handler, route } from "@/lib/http/route";

type Endpoint = { method: "GET" | "POST"; answer: (request: Request) => Promise<Response> };

/**
 * The auth routes: those of Better Auth's that this site offers, each spelled in one way, behind our
 * limits and our checks of body, host and origin. Everything else under `/api/auth` is not found.
 *
 * @param onUserCreated is awaited before a sign-up is answered; its failure does not fail the sign-up
 */
export function authRoute(onUserCreated: (userId: string) => Promise<void>): Handler {
  const endpoints = new Map<string, Endpoint>([
    ["/sign-up/email", post((request) => signUp(request, onUserCreated))],
    ["/sign-in/email", post(signIn)],
    ["/sign-out", post(signOut)],
    ["/get-session", get(passOn)],
    ["/token", get(issueToken)],
    ["/jwks", get(publishKeys)],
    ["/list-sessions", get(passOn)],
    ["/revoke-sessions", post(revokeSessions)],
    ["/revoke-other-sessions", post(revokeSessions)],
    ["/change-password", post(changePassword)],
    ["/update-user", post(updateUser)],
    ["/delete-user", post(deleteUser)],
    ["/ok", get(passOn)],
  ]);
  return route(async (request) => {
    refuseOtherHost(request.headers);
    const path = new URL(request.url).pathname.slice(authPath.length);
    const endpoint = endpoints.get(path);
    if (!endpoint) {
      throw new AppError("not_found", "There is nothing at this path.");
    }
    return answer(request, endpoint);
  });
}

async function answer(request: Request, endpoint: Endpoint): Promise<Response> {
  const allow = endpoint.method === "GET" ? "GET, HEAD, OPTIONS" : "POST, OPTIONS";
  if (request.method === "OPTIONS") {
    return new Response(null, { status: 204, headers: { Allow: allow } });
  }
  const method = request.method === "HEAD" ? "GET" : request.method;
  if (method !== endpoint.method) {
    throw new AppError(
      "method_not_allowed",
      `${request.method} is not offered here. Use ${allow}.`,
      { headers: { Allow: allow } },
    );
  }
  if (method === "POST") {
    refuseOtherSite(request.headers);
  }
  refuseQuery(request);
  return endpoint.answer(request);
}

function get(answer: Endpoint["answer"]): Endpoint {
  return { method: "GET", answer };
}

function post(answer: Endpoint["answer"]): Endpoint {
  return { method: "POST", answer };
}
