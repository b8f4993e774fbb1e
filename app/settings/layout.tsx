import type { Metadata } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { AccountTheme } from "@/app/_account/account-theme";
import { ConfirmIdentityBoundary } from "@/app/_account/confirm-identity-boundary";
import { VerificationBanner } from "@/app/_account/verification-banner";
import { AppHeader } from "@/app/_ui/app-header";
import { ButtonLink } from "@/app/_ui/button-link";
import { getSession } from "@/lib/auth/session";
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
  if (!session) {
    return children;
  }
  const { user } = session;
  const profile = await readProfile(user.id);
  return (
    <div className="min-h-dvh">
      <AccountTheme theme={profile.theme} nonce={(await headers()).get("x-nonce") ?? ""} />
      <LeaveTogether />
      <TellTimeZone />
      <VerificationBanner user={user} />
      <AppHeader>
        <ButtonLink href="/tasks" variant="quiet" className="-me-4">
          Back to tasks
        </ButtonLink>
      </AppHeader>
      <div className="mx-auto grid w-full max-w-page gap-x-8 px-4 pt-4 pb-16 sm:px-6 md:grid-cols-[15rem_minmax(0,1fr)] md:pt-8">
        <SettingsNavigation />
        <main id="content" tabIndex={-1} className="min-w-0 pt-6 outline-none md:pt-0">
          <ConfirmIdentityBoundary user={user}>{children}</ConfirmIdentityBoundary>
        </main>
      </div>
    </div>
  );
}
