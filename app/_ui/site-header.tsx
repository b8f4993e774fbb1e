import Link from "next/link";
import type { ReactNode } from "react";
import { Logo } from "./logo";

export interface SiteHeaderProps {
  /** Where the name leads. */
  home?: "/" | "/tasks";
  /** What stands at its end. */
  children?: ReactNode;
}

/** The top of a page. One height and width, so that nothing moves from page to page. */
export function SiteHeader({ home = "/", children }: SiteHeaderProps) {
  return (
    <header className="mx-auto flex min-h-14 w-full max-w-page flex-wrap items-center justify-between gap-x-2 px-4 sm:px-6">
      <Link
        href={home}
        prefetch={false}
        className="inline-flex items-center rounded-md whitespace-nowrap pointer-coarse:min-h-11"
      >
        <Logo />
      </Link>
      {children}
    </header>
  );
}
