import type { Metadata } from "next";
import { ButtonLink } from "@/app/_ui/button-link";
import { Logo } from "@/app/_ui/logo";

export const metadata: Metadata = { title: "Account deleted", robots: { index: false } };

export default function AccountDeletedPage() {
  return (
    <div className="mx-auto flex min-h-dvh max-w-form flex-col px-4">
      <header className="py-3">
        <Logo />
      </header>
      <main id="content" tabIndex={-1} className="flex-1 pt-[12vh] pb-16 outline-none">
        <h1 className="text-title font-semibold">Your account is deleted</h1>
        <p className="mt-2 text-muted">
          Your tasks, sessions and keys are gone with it. Programs that used them are refused from
          now on. Thank you for having been here.
        </p>
        <div className="mt-8">
          <ButtonLink href="/">Go to the start page</ButtonLink>
        </div>
      </main>
    </div>
  );
}
