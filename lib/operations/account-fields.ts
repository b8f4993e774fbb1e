/** RFC 5321, section 4.5.3.1.3: a path has 256 octets, its brackets among them. */
export const emailLengthMax = 254;

const atom = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
const label = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";

/**
 * The form of an e-mail address: a dot-atom (RFC 5322, section 3.2.3) of at most 64 characters, "@",
 * and a domain as the HTML standard's `<input type="email">` takes it, but for one that ends in a
 * number, which would be a network's address. Quoted names are not taken, and a domain that is not
 * of ASCII is spelled in Punycode.
 */
export const emailAddressForm = new RegExp(
  `^(?=[^@]{1,64}@)${atom}(?:\\.${atom})*@(?:${label}\\.)*(?!\\d+$)${label}$`,
);

/** Whether a text is an e-mail address that an account can have. */
export function isEmailAddress(text: string): boolean {
  return text.length <= emailLengthMax && emailAddressForm.test(text);
}

/** How many code points a password may have. */
export const passwordLengthMin = 12;
export const passwordLengthMax = 128;

/** How many code points a person's name may have. */
export const nameLengthMax = 100;
