import type { Metadata } from "next";
import Link from "next/link";
import { ButtonLink } from "@/app/_ui/button-link";
import { Logo } from "@/app/_ui/logo";
import { ThemeChoice } from "@/app/_ui/theme-choice";
import { requireSession } from "@/lib/auth/session";
import { SignOutButton } from "./sign-out-button";

export const metadata: Metadata = {
  title: "Settings",
  description: "Your account and how Evo-TODO looks in this browser.",
};

export default async function SettingsPage() {
  const { user } = await requireSession("/settings");
  return (
    <div className="min-h-dvh">
      <header className="sticky top-0 z-10 border-b border-line bg-canvas">
        <div className="mx-auto flex h-14 w-full max-w-content items-center justify-between px-4">
          <Link href="/tasks" prefetch={false} className="flex rounded-sm">
            <Logo />
          </Link>
          <ButtonLink href="/tasks" variant="quiet" className="-me-4">
            Back to tasks
          </ButtonLink>
        </div>
      </header>
      <main
        id="content"
        tabIndex={-1}
        className="mx-auto max-w-content px-4 pt-4 pb-16 outline-none"
      >
        <h1 className="text-title font-semibold">Settings</h1>
        <section aria-labelledby="account" className="mt-8 border-t border-line pt-6">
          <h2 id="account" className="text-lead font-semibold">
            Account
          </h2>
          <div className="mt-4 flex flex-wrap items-center justify-between gap-4">
            <div className="min-w-0">
              <p className="font-medium">E-mail</p>
              <p className="text-muted">{user.email}</p>
            </div>
            <SignOutButton />
          </div>
        </section>
        <section aria-labelledby="appearance" className="mt-8 border-t border-line pt-6">
          <h2 id="appearance" className="text-lead font-semibold">
            Appearance
          </h2>
          <div className="mt-4 flex flex-wrap items-center justify-between gap-4">
            <div>
              <p className="font-medium">Theme</p>
              <p className="text-muted">Kept in this browser.</p>
            </div>
            <ThemeChoice />
          </div>
        </section>
      </main>
    </div>
  );
}
