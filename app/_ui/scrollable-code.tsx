/** Code whose long lines scroll within it, by keyboard too. */
export function ScrollableCode({ label, code }: { label: string; code: string }) {
  // What scrolls must take the focus, so that arrow keys reach all of it (WCAG 2.1.1).
  const focusable = { tabIndex: 0, role: "group", "aria-label": label };
  return (
    <pre
      {...focusable}
      className="max-h-96 min-w-0 flex-1 overflow-auto rounded-md p-4 font-mono text-meta whitespace-pre"
    >
      <code>{code}</code>
    </pre>
  );
}
