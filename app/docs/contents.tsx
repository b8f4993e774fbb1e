import type { Reference } from "./reference";

/** The table of contents: beside the text where there is room, folded above it on a phone. */
export function Contents({ reference }: { reference: Reference }) {
  return (
    <>
      <details className="mb-6 rounded-md border border-line bg-surface lg:hidden">
        <summary className="rounded-md px-4 py-3 font-medium">On this page</summary>
        <nav aria-label="On this page" className="px-4 pb-4">
          <Entries reference={reference} />
        </nav>
      </details>
      <nav
        aria-label="On this page"
        className="sticky top-0 max-h-dvh self-start overflow-y-auto py-2 max-lg:hidden"
      >
        <Entries reference={reference} />
      </nav>
    </>
  );
}

function Entries({ reference: { groups } }: { reference: Reference }) {
  return (
    <ul className="space-y-4 text-meta">
      <li>
        <Entry href="#quick-start" text="Quick start" />
        <Entry href="#rules" text="What holds everywhere" />
        <Entry href="#try" text="Try it" />
      </li>
      {groups.map(({ name, operations }) => (
        <li key={name}>
          <span className="block px-2 py-1 font-semibold">{name}</span>
          <ul>
            {operations.map(({ id, method, summary }) => (
              <li key={id}>
                <Entry href={`#${id}`} text={summary} method={method} />
              </li>
            ))}
          </ul>
        </li>
      ))}
      <li>
        <Entry href="#schemas" text="Schemas" />
      </li>
    </ul>
  );
}

function Entry({ href, text, method }: { href: string; text: string; method?: string }) {
  return (
    <a
      href={href}
      className="flex items-baseline justify-between gap-2 rounded-sm px-2 py-1 text-muted transition-colors hover:bg-hover hover:text-ink pointer-coarse:py-3"
    >
      {text}
      {method && <span className="shrink-0 font-mono whitespace-nowrap">{method}</span>}
    </a>
  );
}
