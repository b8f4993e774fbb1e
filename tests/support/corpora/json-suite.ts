import suite from "./json-test-suite.json" with { type: "json" };

/** A text of the suite by its name: what begins with `y_` is JSON, with `n_` is none, with `i_` may be either. */
export type JsonCase = { name: string; bytes: Uint8Array<ArrayBuffer> };

/** Those that only their length makes remarkable. */
const long = {
  i_structure_500_nested_arrays: "[".repeat(500) + "]".repeat(500),
  n_structure_100000_opening_arrays: "[".repeat(100_000),
  n_structure_open_array_object: `${'[{"":'.repeat(50_000)}\n`,
};

/** All of JSONTestSuite's `test_parsing`. The file has a character for each byte. */
export const jsonSuite: JsonCase[] = Object.entries({ ...suite, ...long }).map(([name, text]) => ({
  name,
  bytes: Uint8Array.from(text, (character) => character.charCodeAt(0)),
}));

/** The cases of one kind. */
export function jsonCases(kind: "y" | "n" | "i"): JsonCase[] {
  return jsonSuite.filter(({ name }) => name.startsWith(`${kind}_`));
}
