import type { Metadata } from "next";
import { cookies } from "next/headers";
import Link from "next/link";
import { ButtonLink } from "@/app/_ui/button-link";
import { SiteHeader } from "@/app/_ui/site-header";
import { ThemeToggle } from "@/app/_ui/theme-toggle";
import { features } from "@/lib/auth/features";
import { hasSessionCookie } from "@/lib/auth/site";
import { ProductPicture } from "./product-picture";

export const metadata: Metadata = {
  alternates: { canonical: "/" },
  openGraph: { type: "website", siteName: "Evo-TODO", url: "/" },
};

const linkLook = "font-medium text-accent underline underline-offset-4";

export default async function LandingPage() {
  const returning = hasSessionCookie(await cookies());
  return (
    <div className="flex min-h-dvh flex-col">
      <SiteHeader>
        <nav aria-label="Site" className="flex items-center gap-1">
          <ButtonLink href="/docs" variant="quiet" className="max-sm:hidden">
            API docs
          </ButtonLink>
          <ThemeToggle />
          {returning ? (
            <ButtonLink href="/tasks">Open your tasks</ButtonLink>
          ) : (
            <ButtonLink href="/sign-in">Sign in</ButtonLink>
          )}
        </nav>
      </SiteHeader>
      <main
        id="content"
        tabIndex={-1}
        className="mx-auto w-full max-w-page flex-1 px-4 outline-none sm:px-6"
      >
        <section className="grid items-center gap-12 pt-12 pb-16 lg:grid-cols-[5fr_6fr] lg:pt-24">
          <div>
            <h1 className="text-display font-semibold tracking-tight text-balance">
              One list, for you and your programs
            </h1>
            <p className="mt-6 max-w-120 text-lead text-muted">
              Evo-TODO keeps your tasks in a calm, fast list. Type, press Enter, done. Your scripts
              reach the same list with a bearer token.
            </p>
            {returning ? null : (
              <div className="mt-8 flex flex-wrap gap-3">
                <ButtonLink
                  href={features.signUps ? "/sign-up" : "/sign-in"}
                  variant="primary"
                  className="min-h-11 px-5"
                >
                  {features.signUps ? "Create an account" : "Sign in to your tasks"}
                </ButtonLink>
              </div>
            )}
          </div>
          <ProductPicture />
        </section>
        <section
          aria-label="For developers"
          className="grid gap-8 border-t border-line py-12 sm:grid-cols-3"
        >
          <Point title="For every day">
            Add, rename, plan and complete from the keyboard, or with a thumb. Undo takes back what
            you delete.
          </Point>
          <Point title="For your own server">
            Runs with{" "}
            <code className="font-sans font-medium whitespace-nowrap text-ink">
              npm ci && npm start
            </code>
            , with no database to set up. The README leads on to Postgres, containers and Vercel.
          </Point>
          <Point title="For programs">
            API keys with scopes, short-lived signed tokens, and guides whose commands you can copy.{" "}
            <Link href="/docs" prefetch={false} className={linkLook}>
              Read the API docs
            </Link>
          </Point>
        </section>
      </main>
      <footer className="mx-auto w-full max-w-page px-4 text-meta text-muted sm:px-6">
        <p className="border-t border-line py-6">
          Evo-TODO is free software under the MIT license.
        </p>
      </footer>
    </div>
  );
}

function Point({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <div>
      <h2 className="font-semibold">{title}</h2>
      <p className="mt-2 text-muted">{children}</p>
    </div>
  );
}
