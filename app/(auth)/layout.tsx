import Link from "next/link";
import type { ReactNode } from "react";
import { Logo } from "@/app/_ui/logo";
import { ThemeToggle } from "@/app/_ui/theme-toggle";

export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="flex items-center justify-between px-4 py-3 sm:px-6">
        <Link
          href="/"
          prefetch={false}
          className="inline-flex items-center rounded-md pointer-coarse:min-h-11"
        >
          <Logo />
        </Link>
        <ThemeToggle />
      </header>
      <main
        id="content"
        tabIndex={-1}
        className="mx-auto w-full max-w-form flex-1 px-4 pt-8 pb-16 outline-none sm:pt-[12vh]"
      >
        {children}
      </main>
    </div>
  );
}
