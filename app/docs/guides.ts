/** The guides, in the order in which people meet them. Navigation, sitemap and llms.txt follow it. */
export const guides = [
  {
    path: "/docs/quick-start",
    title: "Quick start",
    summary: "Five minutes from an API key to a finished task, with curl, JavaScript or Python.",
  },
  {
    path: "/docs/tokens",
    title: "Tokens and scopes",
    summary: "How a program comes by a token, what it may do, how long it lives and how it ends.",
  },
  {
    path: "/docs/errors",
    title: "Errors",
    summary: "Every error code of the API: what it means and what to do about it.",
  },
  {
    path: "/docs/pagination",
    title: "Pagination and filters",
    summary: "Read a long list page by page, find what you look for, and poll it cheaply.",
  },
  {
    path: "/docs/requests",
    title: "Conditional and repeated requests",
    summary: "Overwrite nobody’s change unseen, and repeat a request without doing it twice.",
  },
  {
    path: "/docs/limits",
    title: "Limits",
    summary: "How much, how long and how often: every number in one place.",
  },
  {
    path: "/docs/device-sign-in",
    title: "Device sign-in",
    summary: "Let a command-line tool in without typing a password or pasting a key.",
  },
  {
    path: "/docs/export",
    title: "Export file",
    summary: "All that the site keeps of you, as one JSON file.",
  },
  {
    path: "/docs/changelog",
    title: "Changelog",
    summary: "What each version brought.",
  },
] as const;

export type GuidePath = (typeof guides)[number]["path"];

/** The title and summary of a guide. */
export function guideAt(path: GuidePath): { path: GuidePath; title: string; summary: string } {
  return guides.find((guide) => guide.path === path) ?? guides[0];
}
