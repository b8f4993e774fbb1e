import type { ReactNode } from "react";
import { OffersProvider } from "@/app/_account/offered";
import { SiteHeader } from "@/app/_ui/site-header";
import { ThemeToggle } from "@/app/_ui/theme-toggle";
import { features } from "@/lib/auth/features";

export default function AuthLayout({ children }: { children: ReactNode }) {
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
        <OffersProvider offers={{ mail: features.mail, signUps: features.signUps }}>
          {children}
        </OffersProvider>
      </main>
    </div>
  );
}
