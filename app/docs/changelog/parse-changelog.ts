/** A version with its changes by kind. */
export type Release = {
  version: string;
  /** `YYYY-MM-DD`; null for what is not released yet. */
  date: string | null;
  changes: { kind: string; items: string[] }[];
};

/**
 * Reads a changelog in the form of Keep a Changelog 1.1.0: `## [version] - date`, `### Kind` and a
 * list, one line an item. What is outside of these is left out, and so are versions without changes.
 */
export function parseChangelog(text: string): Release[] {
  return text
    .split(/^## /m)
    .slice(1)
    .map(parseRelease)
    .filter(({ changes }) => changes.length > 0);
}

function parseRelease(section: string): Release {
  const [heading = "", ...kinds] = section.split(/^### /m);
  const match = /^\[?(?<version>[^\]\s]+)\]?(?: - (?<date>\d{4}-\d{2}-\d{2}))?/.exec(heading);
  return {
    version: match?.groups?.version ?? heading.trim(),
    date: match?.groups?.date ?? null,
    changes: kinds.map(parseKind),
  };
}

function parseKind(section: string): { kind: string; items: string[] } {
  const [kind = "", ...lines] = section.split("\n");
  const items = lines.filter((line) => line.startsWith("- ")).map((line) => line.slice(2).trim());
  return { kind: kind.trim(), items };
}
