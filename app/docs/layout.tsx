import type { ReactNode } from "react";
import { ButtonLink } from "@/app/_ui/button-link";
import { SiteHeader } from "@/app/_ui/site-header";
import { ThemeToggle } from "@/app/_ui/theme-toggle";

export default function DocsLayout({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col">
      <SiteHeader>
        <nav aria-label="Site" className="flex items-center gap-1">
          <ButtonLink href="/docs/quick-start" variant="quiet" className="max-sm:px-2">
            Guides
          </ButtonLink>
          <ButtonLink href="/docs" variant="quiet" className="max-sm:px-2 max-[22rem]:hidden">
            Reference
          </ButtonLink>
          <ThemeToggle />
        </nav>
      </SiteHeader>
      <div className="mx-auto flex w-full max-w-page flex-1 flex-col px-4 sm:px-6">{children}</div>
    </div>
  );
}
