import Link from "next/link";
import type { ReactNode } from "react";
import { ButtonLink } from "@/app/_ui/button-link";
import { Logo } from "@/app/_ui/logo";
import { ThemeToggle } from "@/app/_ui/theme-toggle";

export default function DocsLayout({ children }: { children: ReactNode }) {
  return (
    <div className="mx-auto flex min-h-dvh max-w-page flex-col px-4 sm:px-6">
      <header className="flex flex-wrap items-center justify-between gap-2 py-3">
        <Link
          href="/"
          prefetch={false}
          className="inline-flex items-center rounded-md whitespace-nowrap pointer-coarse:min-h-11"
        >
          <Logo />
        </Link>
        <nav aria-label="Site" className="flex items-center gap-1">
          <ButtonLink href="/docs/quick-start" variant="quiet" className="max-sm:px-2">
            Guides
          </ButtonLink>
          <ButtonLink href="/docs" variant="quiet" className="max-sm:px-2 max-[22rem]:hidden">
            Reference
          </ButtonLink>
          <ThemeToggle />
        </nav>
      </header>
      {children}
    </div>
  );
}
