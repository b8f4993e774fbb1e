/** The claims of a token of this site. */
export function claimsFor(site: string): { name: string; meaning: string }[] {
  return [
    { name: "iss", meaning: `The issuer: \`${site}\`` },
    { name: "aud", meaning: `What it is for: \`${site}/api\`` },
    { name: "sub", meaning: "The person’s id, the `userId` of their tasks." },
    { name: "email", meaning: "The person’s address." },
    { name: "sid or akid", meaning: "The session, or the API key, that it was issued for." },
    { name: "jti", meaning: "The token’s own id." },
    { name: "scope", meaning: "What it may do, separated by spaces." },
    { name: "iat, exp", meaning: "When it was issued and when it ends, in seconds since 1970." },
  ];
}
