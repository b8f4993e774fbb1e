import type { ReactNode } from "react";
import { GuideLinks } from "./guide-links";
import { type GuidePath, guideAt, guides } from "./guides";
import { SideNavigation } from "./side-navigation";

/** The frame of a guide: the other guides beside it, its title, its text, and the way on. */
export function Guide({ path, children }: { path: GuidePath; children: ReactNode }) {
  const { title, summary } = guideAt(path);
  return (
    <div className="flex-1 pt-8 pb-16 lg:grid lg:grid-cols-[13rem_minmax(0,46rem)] lg:gap-12">
      <SideNavigation label="Guides">
        <GuideLinks current={path} />
      </SideNavigation>
      <main id="content" tabIndex={-1} className="min-w-0 outline-none">
        <h1 className="text-display font-semibold tracking-tight text-balance">{title}</h1>
        <p className="mt-2 text-lead text-muted">{summary}</p>
        {children}
        <WayOn path={path} />
      </main>
    </div>
  );
}

function WayOn({ path }: { path: GuidePath }) {
  const index = guides.findIndex((guide) => guide.path === path);
  const next = guides[index + 1];
  return (
    next && (
      <p className="mt-16 border-t border-line pt-6 text-muted">
        Next:{" "}
        <a href={next.path} className="font-medium text-accent underline underline-offset-4">
          {next.title}
        </a>
      </p>
    )
  );
}
