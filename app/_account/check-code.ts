/** The kinds of code that a second step takes. */
export type CodeKind = "app-code" | "recovery-code";

/** What is wrong with a code before it is sent, for the person who typed it, or undefined. */
export function checkCode(kind: CodeKind, code: string): string | undefined {
  if (kind === "recovery-code" && code === "") {
    return "Enter a recovery code.";
  }
  if (kind === "app-code" && !/^\d{6}$/.test(code)) {
    return "Enter the six digits that the app shows now.";
  }
  return undefined;
}

/** Apps show a code in two groups, and some people type the gap. */
export function withoutSpaces(code: string): string {
  return code.replaceAll(/\s/g, "");
}
