import "server-only";

// Anybody can sign up with somebody else's address and a name that is an advertisement. What reads
// as a name has no room for an address of a page.
const nameForm = /^(?=.{1,50}$)[\p{L}\p{M}\p{N}'’-]+(?:\.? [\p{L}\p{M}\p{N}'’-]+){0,5}\.?$/u;

/** The first line of a mail, with the person's name where it reads as one. */
export function greetingFor(name: string): string {
  return nameForm.test(name) ? `Hello ${name},` : "Hello,";
}
