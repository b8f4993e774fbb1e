const marks = /`(?<code>[^`]+)`|\*\*(?<strong>[^*]+)\*\*|\[(?<words>[^\]]+)\]\((?<href>[^)\s]+)\)/g;

type Mark = { code?: string; strong?: string; words?: string; href?: string };

/** Text with three marks of Markdown: code, strong words and links. */
export function Prose({ text }: { text: string }) {
  const matches = [...text.matchAll(marks)];
  const ends = [0, ...matches.map((match) => match.index + match[0].length)];
  return (
    <>
      {matches.map((match, index) => (
        <span key={match.index}>
          {text.slice(ends[index], match.index)}
          <Marked {...match.groups} />
        </span>
      ))}
      {text.slice(ends.at(-1))}
    </>
  );
}

function Marked({ code, strong, words, href }: Mark) {
  if (code !== undefined) {
    return (
      <code className="rounded-sm bg-hover box-decoration-clone px-1 py-0.5 font-mono text-meta">
        {code}
      </code>
    );
  }
  if (strong !== undefined) {
    return <strong className="font-semibold">{strong}</strong>;
  }
  return (
    <a href={href} className="font-medium text-accent underline underline-offset-4">
      <Prose text={words ?? ""} />
    </a>
  );
}
