import { messages, PGlite } from "@electric-sql/pglite";

/**
 * An embedded Postgres that gives every text back as it was written. PGlite's own decoder takes each
 * value for a file and drops a byte order mark, U+FEFF, from its start.
 *
 * @param {import("@electric-sql/pglite").PGliteOptions} options
 * @returns {Promise<PGlite>}
 */
export async function createPGlite(options) {
  const database = await keepingMarks(() => PGlite.create(options));
  const exchange = database.execProtocolStream.bind(database);
  // Where PGlite throws an error itself it begins again with another decoder.
  database.execProtocolStream = async (message, { throwOnError = true, ...rest } = {}) => {
    const results = await exchange(message, { ...rest, throwOnError: false });
    const error = results.find((result) => result instanceof messages.DatabaseError);
    if (error && throwOnError) {
      throw error;
    }
    return results;
  };
  return database;
}

/**
 * Runs what makes decoders before its first pause, and has them keep marks. Nothing else runs meanwhile.
 *
 * @template Result
 * @param {() => Result} make
 * @returns {Result}
 */
function keepingMarks(make) {
  const { TextDecoder } = globalThis;
  globalThis.TextDecoder = class extends TextDecoder {
    /** @param {[label?: string, options?: TextDecoderOptions]} settings */
    constructor(...[label, options]) {
      super(label, { ...options, ignoreBOM: true });
    }
  };
  try {
    return make();
  } finally {
    globalThis.TextDecoder = TextDecoder;
  }
}
