import { env } from "@/lib/env";

const ourAdvisories = "https://github.com/evo-todo/evo-todo/security/advisories/new";
const validDays = 180;
const dayMilliseconds = 86_400_000;

/** Whom to tell of a weakness of this site (RFC 9116). */
export function GET(): Response {
  const fields = [
    `Contact: ${env.securityContact ?? ourAdvisories}`,
    `Expires: ${expiry()}`,
    "Preferred-Languages: en",
    `Canonical: ${env.baseUrl}/.well-known/security.txt`,
  ];
  return new Response(`${fields.join("\n")}\n`, {
    headers: {
      "Content-Type": "text/plain; charset=utf-8",
      "Cache-Control": "public, max-age=86400",
    },
  });
}

/** The start of a day, so that the file does not change with every request. */
function expiry(): string {
  const today = Math.floor(Date.now() / dayMilliseconds);
  return new Date((today + validDays) * dayMilliseconds).toISOString();
}
