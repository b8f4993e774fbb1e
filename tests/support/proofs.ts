import { readFileSync } from "node:fs";

/** What a document of the specs names as the proof of one of its lines. */
export type Proof = { id: string; path: string; title: string | undefined };

/** A test that a runner ran: its titles from the outermost group to its own. */
export type RanTest = { path: string; titles: string[]; hasPassed: boolean };

/** A line of the ledger of OWASP ASVS. */
export type LedgerLine = { id: string; level: string; shownBy: string };

const citation = /^([\w./@()[\]-]+)(?:: "(.+)")?$/;
const mention = /((?:app|lib|prisma|specs|tests)\/[\w./@[\]-]+\w)(?:: "([^"]+)")?/g;
const testFile = /\.(test|spec)\.tsx?$/;

/** The requirements, each with the tests that prove it. */
export function requirementProofs(): Proof[] {
  const checklist = readFileSync("specs/004-jwt-auth/checklists/requirements.md", "utf8");
  return [...checklist.matchAll(/^\| (FR-\d{3}) \| (\S+) \| (.+) \|$/gm)].map(
    ([, id = "", path = "", title = ""]) => ({ id, path, title }),
  );
}

/** The lines of `specs/security/asvs.md`. */
export function ledgerLines(): LedgerLine[] {
  const ledger = readFileSync("specs/security/asvs.md", "utf8");
  return [...ledger.matchAll(/^\| ([\d.]+) \| (\d) \| [^|]+ \| ([^|]+) \|$/gm)].map(
    ([, id = "", level = "", shownBy = ""]) => ({ id, level, shownBy }),
  );
}

/** What a line names: in a gap wherever it stands, elsewhere part by part, a remark at the end aside. */
export function ledgerProofs({ id, shownBy }: LedgerLine): Proof[] {
  if (/^(Gap|Not applicable): /.test(shownBy)) {
    return [...shownBy.matchAll(mention)].map(([, path = "", title]) => ({ id, path, title }));
  }
  const parts = shownBy.replace(/ \([^()]+\)$/, "").split("; ");
  return parts.map((part) => {
    const [, path = part, title] = citation.exec(part) ?? [];
    return { id, path, title };
  });
}

/** The settings, each with the tests that show what is accepted and what is refused. */
export function settingProofs(): Proof[] {
  const page = readFileSync("specs/settings.md", "utf8");
  return [...page.matchAll(/^\| `(\w+)` \|[^|]+\|[^|]+\| ([^|]+) \|$/gm)].flatMap(
    ([, id = "", shownBy = ""]) => ledgerProofs({ id, level: "", shownBy }),
  );
}

/** Every test that a document names. A file alone stands for all of its tests. */
export function namedTests(): Proof[] {
  const proofs = [
    ...requirementProofs(),
    ...ledgerLines().flatMap(ledgerProofs),
    ...settingProofs(),
  ];
  return proofs.filter(({ path }) => testFile.test(path));
}

/**
 * Says on the terminal what is named as a proof and is not one.
 *
 * @returns whether every proof holds
 */
export function reportProofs(ran: RanTest[]): boolean {
  const broken = brokenProofs(namedTests(), ran);
  if (broken.length > 0) {
    const list = broken.map((sentence) => `  ${sentence}`).join("\n");
    console.error(`\nThe specs name these as proofs, but they are not:\n${list}\n`);
  }
  return broken.length === 0;
}

/**
 * What is named as a proof and is not one: no test of that title ran in its file, or one did not pass.
 * Files of which no test ran are another runner's.
 *
 * @returns a sentence for each
 */
export function brokenProofs(proofs: Proof[], ran: RanTest[]): string[] {
  return proofs.flatMap((proof) => {
    const tests = ran.filter(({ path }) => path === proof.path);
    const sentence = tests.length === 0 ? undefined : whatIsWrong(proof, tests);
    return sentence === undefined ? [] : [`${proof.id}: ${proof.path}: ${sentence}`];
  });
}

function whatIsWrong({ title }: Proof, tests: RanTest[]): string | undefined {
  const pattern = titlePattern(title ?? "");
  const named = tests.filter(({ titles }) => titles.some((text) => pattern.test(text)));
  if (named.length === 0) {
    return `no test "${title}" ran`;
  }
  const failed = named.filter(({ hasPassed }) => !hasPassed);
  return failed.length === 0
    ? undefined
    : `${failed.length} of ${named.length} tests ${title === undefined ? "" : `"${title}" `}did not pass`;
}

/** A title as it stands in the source, with places for the values of a table or a template. */
function titlePattern(title: string): RegExp {
  const parts = title.split(/%[sdifjop#]|\$\{[^}]+\}|\$[\w.]+/);
  return new RegExp(
    parts.map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")).join(".*"),
    "s",
  );
}
