import type { Metadata } from "next";
import { ButtonLink } from "@/app/_ui/button-link";
import { SiteHeader } from "@/app/_ui/site-header";
import { ThemeToggle } from "@/app/_ui/theme-toggle";

export const metadata: Metadata = { title: "Account deleted", robots: { index: false } };

export default function AccountDeletedPage() {
  return (
    <div className="flex min-h-dvh flex-col">
      <SiteHeader>
        <ThemeToggle />
      </SiteHeader>
      <main
        id="content"
        tabIndex={-1}
        className="mx-auto w-full max-w-form flex-1 px-4 pt-8 pb-16 outline-none sm:pt-[12vh]"
      >
        <h1 className="text-title font-semibold">Your account is deleted</h1>
        <p className="mt-3 mb-6">
          Your tasks, sessions and keys are gone with it. Programs that used them are refused from
          now on. Thank you for having been here.
        </p>
        <ButtonLink href="/">Go to the start page</ButtonLink>
      </main>
    </div>
  );
}
