/**
 * The address of a Postgres server, taken apart.
 *
 * @typedef {object} DatabaseUrl
 * @property {{ user?: string, password?: string, host?: string, port?: number, database?: string, application_name?: string, options?: string, sslnegotiation?: "postgres" | "direct" }} connection
 *   what node-postgres connects with; what is absent it takes from `PGUSER` and the like
 * @property {string} schema where the tables are
 * @property {TlsMode | undefined} tls undefined leaves it to `PGSSLMODE`
 * @property {{ ca?: string, cert?: string, key?: string }} files the paths of certificates
 *
 * @typedef {"off" | "checked" | "checked-authority" | "unchecked"} TlsMode
 */

// An address with a socket's folder in its parameters has a user and no host, which `URL` cannot parse.
const noHost = "no-host.invalid";

/** @type {Record<string, TlsMode>} */
const tlsModes = {
  disable: "off",
  allow: "checked",
  prefer: "checked",
  require: "checked",
  "verify-ca": "checked-authority",
  "verify-full": "checked",
  "no-verify": "unchecked",
};

/**
 * Takes the address of a Postgres server apart: a URL as libpq and Prisma know it.
 *
 * @param {string} text
 * @returns {DatabaseUrl}
 * @throws Error with what is wrong and the way out, and nothing of the address itself
 */
export function readDatabaseUrl(text) {
  const value = text.trim();
  refuseOtherForms(value);
  const url = parse(value);
  const parameters = url.searchParams;
  const port = parameters.get("port") || url.port;
  return {
    connection: {
      ...present("user", parameters.get("user") || decode(url.username)),
      ...present("password", parameters.get("password") || decode(url.password)),
      ...present("host", parameters.get("host") || decode(hostOf(url))),
      ...(port && { port: Number(port) }),
      ...present("database", parameters.get("dbname") || decode(url.pathname.slice(1))),
      ...present("application_name", parameters.get("application_name")),
      ...present("options", withoutSearchPath(parameters.get("options") ?? "")),
      ...(parameters.get("sslnegotiation") === "direct" && { sslnegotiation: "direct" }),
    },
    schema: parameters.get("schema") || searchPathIn(parameters.get("options") ?? "") || "public",
    tls: readTlsMode(parameters),
    files: {
      ...(parameters.get("sslrootcert") !== "system" &&
        present("ca", parameters.get("sslrootcert"))),
      ...present("cert", parameters.get("sslcert")),
      ...present("key", parameters.get("sslkey")),
    },
  };
}

/**
 * What is wrong with the address of a Postgres server, and the way out; undefined where nothing is.
 *
 * @param {string} text
 */
export function faultOfDatabaseUrl(text) {
  try {
    readDatabaseUrl(text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** @param {string} value */
function refuseOtherForms(value) {
  if (/^["'`]|["'`]$/.test(value)) {
    throw new Error(
      "has quotation marks around it, which env files of containers keep; take them off",
    );
  }
  if (!/^postgres(ql)?:\/\//.test(value)) {
    throw new Error("must be a URL that starts with postgresql://");
  }
}

/** @param {string} value */
function parse(value) {
  const url = tryParse(value) ?? tryParse(value.replace("@/", `@${noHost}/`));
  const afterScheme = value.slice(value.indexOf("://") + 3);
  const afterUser = afterScheme.slice(afterScheme.lastIndexOf("@") + 1);
  if (/^[^/?]*,/.test(afterUser) || url?.searchParams.get("host")?.includes(",")) {
    throw new Error(
      "names several hosts; name the one that takes writes, or a name that follows it",
    );
  }
  const isCutShort =
    url?.hash !== "" || url.pathname.includes("@") || (!url.username && url.search.includes("@"));
  if (isCutShort && /[#/?[\]\s].*@|#/.test(afterScheme)) {
    throw new Error(
      "has a character in the user name, the password or the database's name that must be percent-encoded: # as %23, / as %2F, ? as %3F, @ as %40, % as %25, a space as %20",
    );
  }
  if (isCutShort || !url) {
    throw new Error("must look like postgresql://user:password@host:5432/database");
  }
  return url;
}

/** @param {string} value */
function tryParse(value) {
  return URL.canParse(value) ? new URL(value) : undefined;
}

/** @param {URL} url */
function hostOf({ hostname }) {
  return hostname === noHost ? "" : hostname.replace(/^\[(.+)\]$/, "$1");
}

/** @param {string} text */
function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Error("has a % that does not begin an escape; write it as %25");
  }
}

/**
 * @param {URLSearchParams} parameters
 * @returns {TlsMode | undefined}
 */
function readTlsMode(parameters) {
  const mode = parameters.get("sslmode");
  const hasFile = ["sslrootcert", "sslcert", "sslkey"].some((name) => parameters.get(name));
  if (mode === null) {
    const isOn = hasFile || parameters.get("sslnegotiation") === "direct";
    return isOn || /^(true|1)$/.test(parameters.get("ssl") ?? "") ? "checked" : undefined;
  }
  if (parameters.get("uselibpqcompat") === "true" && /^(prefer|require)$/.test(mode)) {
    return parameters.get("sslrootcert") ? "checked-authority" : "unchecked";
  }
  if (mode === "verify-ca" && !parameters.get("sslrootcert")) {
    throw new Error("has sslmode=verify-ca and no sslrootcert; name the authority's certificate");
  }
  const tls = tlsModes[mode];
  if (!tls) {
    throw new Error(`has an unknown sslmode; it is one of ${Object.keys(tlsModes).join(", ")}`);
  }
  return tls;
}

const searchPathOption = /(?:^|\s)(?:-c\s*|--)search_path=((?:\\.|\S)+)/;

/**
 * The schema that `options` make tables in.
 *
 * @param {string} options
 */
function searchPathIn(options) {
  const path = searchPathOption.exec(options)?.[1] ?? "";
  const [first = ""] = path.replaceAll("\\", "").split(",");
  const name = first.trim().replace(/^"(.*)"$/, "$1");
  if (name.includes("$")) {
    throw new Error("has a search_path with $user in its options; name the schema with ?schema=");
  }
  return name;
}

/**
 * The options without the search path, which the app sets itself. Many poolers refuse any options, so
 * an address with only a search path sends none.
 *
 * @param {string} options
 */
function withoutSearchPath(options) {
  return options.replace(searchPathOption, "").trim();
}

/**
 * @template {string} Name
 * @param {Name} name
 * @param {string | null} value
 * @returns {{ [name in Name]?: string }}
 */
function present(name, value) {
  return value ? /** @type {{ [name in Name]?: string }} */ ({ [name]: value }) : {};
}
