import list from "./naughty-strings.json" with { type: "json" };

const families = list.families.map(({ template, fillers }) =>
  fillers.map((filler) => template.replace("{}", () => filler)),
);

/** Strings that programs stumble over, each once. Of those alike but for a part, the file has the parts. */
export const naughtyStrings: string[] = [...list.strings, ...families.flat()];

/** The same, and of those alike but for a part the first one, where each costs too much. */
export const naughtyKinds: string[] = [
  ...list.strings,
  ...families.flatMap((family) => family.slice(0, 1)),
];
