/**
 * @typedef {object} Trouble why a server cannot be used
 * @property {string} message the cause and the way out; nothing secret
 * @property {boolean} mayPass whether waiting may mend it
 */

const look = "Look at DATABASE_URL, or DIRECT_URL where it is set.";

const wrongPassword = `The database refuses the user name or the password. ${look} Characters such as # / ? % in a password must be percent-encoded.`;

/** @type {[codes: string[], message: string][]} what waiting does not mend; the server's words follow as the cause */
const causes = [
  [["28P01"], wrongPassword],
  [
    ["28000"],
    `The database refuses this user from here: the role does not exist or may not log in, or pg_hba.conf has no entry for it. ${look} Where the server wants TLS, add sslmode=require.`,
  ],
  [["3D000"], `The server has no database of this name. ${look} CREATE DATABASE makes one.`],
  [
    ["08P01"],
    `The server or the pooler refuses the connection. ${look} Where a pooler refuses a startup parameter, take options out of the address, or list it in the pooler's ignore_startup_parameters.`,
  ],
  [
    ["42501"],
    "The role lacks a privilege. The tables must belong to it, and it needs GRANT USAGE, CREATE ON SCHEMA public TO <role>; or name a schema of its own with ?schema=<name> in DATABASE_URL and DIRECT_URL, which takes GRANT CREATE ON DATABASE <database> TO <role>.",
  ],
  [["ENOTFOUND"], `The host name of the database's server does not exist. ${look}`],
  [["EACCES"], `The system does not let this process connect to the database. ${look}`],
  [
    ["ERR_TLS_CERT_ALTNAME_INVALID", "HOSTNAME_MISMATCH"],
    `The certificate of the database's server is for another host. Name that host in DATABASE_URL, or check the authority alone with sslmode=verify-ca and sslrootcert=<file>.`,
  ],
  [
    ["CERT_HAS_EXPIRED", "CERT_NOT_YET_VALID"],
    "The certificate of the database's server is not valid today. Renew it, or look at this machine's clock.",
  ],
  [
    [
      "DEPTH_ZERO_SELF_SIGNED_CERT",
      "SELF_SIGNED_CERT_IN_CHAIN",
      "UNABLE_TO_GET_ISSUER_CERT",
      "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
      "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
      "CERT_SIGNATURE_FAILURE",
      "CERT_UNTRUSTED",
      "INVALID_CA",
    ],
    "The certificate of the database's server comes from an authority that this machine does not know. Save the authority's certificate, which hosting providers offer, and add sslrootcert=<file> to DATABASE_URL. With sslmode=no-verify the connection is encrypted, but the server's identity is not checked.",
  ],
];

const isFull = /no more connections/;

/** @type {[words: RegExp, message: string][]} what node-postgres and PgBouncer say without a code of its own */
const sayings = [
  [/SASL authentication failed|password authentication failed/, wrongPassword],
  [
    /does not support SSL/,
    `The server does not speak TLS. Add sslmode=disable to the address, where the network between is yours.`,
  ],
  [
    /password must be a (non-empty )?string/,
    `The server asks for a password and the address has none. ${look}`,
  ],
];

/**
 * Explains why a server refuses or cannot be reached.
 *
 * @param {unknown} error
 * @returns {Trouble}
 */
export function explainTrouble(error) {
  const code = codeOf(error);
  const words = error instanceof Error ? error.message : String(error);
  const message =
    sayings.find(([saying]) => saying.test(words))?.[1] ??
    causes.find(([codes]) => codes.includes(code))?.[1];
  return message && !isFull.test(words)
    ? { message, mayPass: false }
    : { message: `The database cannot be reached: ${words || code}. ${look}`, mayPass: true };
}

/**
 * The code of an error; of several addresses that were tried, the first one's.
 *
 * @param {unknown} error
 * @returns {string}
 */
function codeOf(error) {
  if (error instanceof AggregateError) {
    return codeOf(error.errors[0]);
  }
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
