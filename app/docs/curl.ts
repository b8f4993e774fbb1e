/** What a request is sent with: a bearer token, the session's cookie, or nothing. */
export type Credential = "bearer" | "session" | "none";

type Request = {
  method: string;
  path: string;
  credential: Credential;
  body: { example: string } | null;
};

const cookieJar = "cookies.txt";

/** A request as a curl command for a POSIX shell, with the token in `$TOKEN` and a task's id in `$ID`. */
export function curlFor(baseUrl: string, { method, path, credential, body }: Request): string {
  const verb = method === "GET" || (method === "POST" && body) ? [] : [`-X ${method}`];
  const address = `"${baseUrl}${path.replace("{id}", "$ID")}"`;
  return [
    ["curl", ...verb, address].join(" "),
    ...credentialArguments(path, credential),
    ...(body ? [`-H "Content-Type: application/json"`, `-d '${compact(body.example)}'`] : []),
  ].join(" \\\n  ");
}

function credentialArguments(path: string, credential: Credential): string[] {
  if (credential === "bearer") {
    return [`-H "Authorization: Bearer $TOKEN"`];
  }
  if (credential === "session") {
    return [`-b ${cookieJar}`];
  }
  return /\/sign-(up|in)\//.test(path) ? [`-c ${cookieJar}`] : [];
}

function compact(json: string): string {
  return JSON.stringify(JSON.parse(json)).replaceAll("'", "'\\''");
}
