import type { Metadata } from "next";
import { headers } from "next/headers";
import Link from "next/link";
import type { ReactNode } from "react";
import { ButtonLink } from "@/app/_ui/button-link";
import { Logo } from "@/app/_ui/logo";
import { VerificationBanner } from "@/app/(auth)/verification-banner";
import { getSession } from "@/lib/auth/session";
import { AccountTheme } from "./account-theme";
import { ConfirmIdentityBoundary } from "./confirm-identity-boundary";
import { LeaveTogether } from "./leave-together";
import { readProfile } from "./read-profile";
import { SettingsNavigation } from "./settings-navigation";
import { TellTimeZone } from "./tell-time-zone";

export const metadata: Metadata = {
  title: { default: "Settings", template: "%s · Settings · Evo-TODO" },
  robots: { index: false },
};

/** What every settings page stands in. Each page itself sends visitors away who are signed out. */
export default async function SettingsLayout({ children }: { children: ReactNode }) {
  const session = await getSession();
  if (!session) return children;
  const { user } = session;
  const profile = await readProfile(user.id);
  return (
    <div className="min-h-dvh">
      <AccountTheme theme={profile.theme} nonce={(await headers()).get("x-nonce") ?? ""} />
      <LeaveTogether />
      <TellTimeZone />
      <VerificationBanner user={user} width="page" />
      <header className="sticky top-0 z-10 border-b border-line bg-canvas">
        <div className="mx-auto flex h-14 w-full max-w-page items-center justify-between px-4">
          <Link
            href="/tasks"
            prefetch={false}
            className="flex items-center rounded-sm pointer-coarse:min-h-11"
          >
            <Logo />
          </Link>
          <ButtonLink href="/tasks" variant="quiet" className="-me-4">
            Back to tasks
          </ButtonLink>
        </div>
      </header>
      <div className="mx-auto grid w-full max-w-page gap-x-8 px-4 pt-4 pb-16 md:grid-cols-[15rem_minmax(0,1fr)] md:pt-8">
        <SettingsNavigation />
        <main id="content" tabIndex={-1} className="min-w-0 pt-6 outline-none md:pt-0">
          <ConfirmIdentityBoundary user={user}>{children}</ConfirmIdentityBoundary>
        </main>
      </div>
    </div>
  );
}
