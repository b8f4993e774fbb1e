import type { ReactNode } from "react";
import { SiteHeader } from "./site-header";

/** A page that says one thing in its middle, with the ways on. */
export function MessagePage({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col">
      <SiteHeader />
      <main
        id="content"
        tabIndex={-1}
        className="mx-auto flex w-full max-w-form flex-1 flex-col items-center justify-center px-4 pt-8 pb-24 text-center outline-none"
      >
        {children}
      </main>
    </div>
  );
}
