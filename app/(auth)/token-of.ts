/** The token of a link from a mail, by the `?token=` of the page it leads to, or null. */
export function tokenOf({ token }: Record<string, string | string[] | undefined>): string | null {
  return typeof token === "string" && token !== "" ? token : null;
}
