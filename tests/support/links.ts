import { type Answer, call } from "@/tests/support/api";

/** The token in a link of ours. */
export function tokenOf(link: string): string {
  return new URL(link).searchParams.get("token") ?? "";
}

/** Sends what the button of a link's page sends. */
export function follow(
  path: string,
  link: string,
  body: Record<string, unknown> = {},
  headers: Record<string, string> = {},
): Promise<Answer> {
  return call("POST", path, { body: { token: tokenOf(link), ...body }, headers });
}
