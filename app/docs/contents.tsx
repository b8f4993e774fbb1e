import { GuideLinks } from "./guide-links";
import type { Reference } from "./reference";
import { SideNavigation } from "./side-navigation";

/** The guides and the reference's table of contents. */
export function Contents({ reference: { groups } }: { reference: Reference }) {
  return (
    <SideNavigation label="Guides and contents">
      <GuideLinks current="/docs" />
      <ul className="mt-4 space-y-4 border-t border-line pt-4">
        <li>
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
    </SideNavigation>
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
