import { readText } from "@/lib/client/read-body";
import { send } from "@/lib/client/send";
import type { Credential } from "./curl";
import type { TokenSource } from "./try-it-context";

/** A request as it was filled in: parameters by name, empty ones left out. */
export type FilledRequest = {
  method: string;
  path: string;
  credential: Credential;
  pathValues: Record<string, string>;
  queryValues: Record<string, string>;
  headerValues: Record<string, string>;
  body: string;
};

/** What came back, as text to show. */
export type Received = {
  status: number;
  statusText: string;
  milliseconds: number;
  headers: string;
  body: string;
};

/**
 * Sends a request and takes any answer as it comes.
 *
 * @throws ApiError when no token could be had, TypeError when the server could not be reached or a
 *   header cannot be sent
 */
export async function sendRequest(
  request: FilledRequest,
  source: TokenSource,
  pastedToken: string,
): Promise<Received> {
  const headers = new Headers(filled(request.headerValues));
  if (request.credential === "bearer") {
    const token = source === "pasted" ? pastedToken.trim() : await sessionToken();
    headers.set("Authorization", `Bearer ${token}`);
  }
  const init: RequestInit = {
    method: request.method,
    headers,
    credentials: request.credential === "bearer" ? "omit" : "same-origin",
    cache: "no-store",
  };
  if (request.body.trim() !== "") {
    headers.set("Content-Type", "application/json");
    init.body = request.body;
  }
  const startedAt = performance.now();
  const response = await fetch(addressOf(request), init);
  const text = await response.text();
  return {
    status: response.status,
    statusText: response.statusText,
    milliseconds: Math.round(performance.now() - startedAt),
    headers: [...response.headers].map(([name, value]) => `${name}: ${value}`).join("\n"),
    body: pretty(text),
  };
}

function addressOf({ path, pathValues, queryValues }: FilledRequest): string {
  const pathname = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(pathValues[name] ?? ""),
  );
  const query = new URLSearchParams(filled(queryValues)).toString();
  return query ? `${pathname}?${query}` : pathname;
}

function filled(values: Record<string, string>): [string, string][] {
  return Object.entries(values).filter(([, value]) => value !== "");
}

async function sessionToken(): Promise<string> {
  const { body } = await send("/api/auth/token", { credentials: "same-origin" });
  return readText(body, "token");
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
