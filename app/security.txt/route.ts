/** Where the file stood before RFC 9116 gave it a place. */
export function GET(): Response {
  return new Response(null, {
    status: 308,
    headers: { Location: "/.well-known/security.txt", "Cache-Control": "public, max-age=86400" },
  });
}
