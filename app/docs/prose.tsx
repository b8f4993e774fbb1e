/** Text in which backticks mark code, as in the descriptions of the OpenAPI document. */
export function Prose({ text }: { text: string }) {
  const parts = text.split("`").map((part, index) => ({ part, isCode: index % 2 === 1, index }));
  return parts.map(({ part, isCode, index }) =>
    isCode ? (
      <code key={index} className="rounded-sm bg-hover px-1 py-0.5 font-mono text-meta">
        {part}
      </code>
    ) : (
      part
    ),
  );
}
