/** What mail is used for, and so what is off on a site that sends none. */
export const mailUses = [
  "resetting a forgotten password by mail",
  "confirming an address",
  "changing an address",
  "notices of new devices and security changes",
] as const;
