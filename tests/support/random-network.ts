/** The header of a request from a network that no other test comes from. */
export function randomNetwork(): { "X-Forwarded-For": string } {
  const part = () => Math.floor(Math.random() * 256);
  return { "X-Forwarded-For": `10.${part()}.${part()}.${part()}` };
}
