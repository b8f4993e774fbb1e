import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { ButtonLink } from "@/app/_ui/button-link";
import { PageLink } from "@/app/_ui/page-link";
import { nextPath } from "@/app/(auth)/next-path";
import { features } from "@/lib/auth/features";
import { getSession } from "@/lib/auth/session";
import { signInPath } from "@/lib/operations/site-path";
import { SignUp } from "./sign-up";

export const metadata: Metadata = {
  title: "Create an account",
  description:
    "Create an Evo-TODO account with an e-mail address and a password. It takes one screen.",
};

export default async function SignUpPage({ searchParams }: PageProps<"/sign-up">) {
  const { next: requested } = await searchParams;
  const next = nextPath(requested);
  if (await getSession()) {
    redirect(next);
  }
  if (!features.signUps) {
    return <Closed next={next} />;
  }
  return (
    <SignUp
      next={next}
      providers={features.providers}
      confirmsFirst={features.verifiedEmail}
      links={
        <p className="mt-6 text-muted">
          Have an account? <PageLink href={signInPath(next)}>Sign in</PageLink>
        </p>
      }
    />
  );
}

function Closed({ next }: { next: string }) {
  return (
    <>
      <h1 className="text-title font-semibold">No new accounts here</h1>
      <p className="mt-3 mb-6">
        This site is closed to new accounts. If you have one, it works as before. If you need one,
        ask the person who runs the site.
      </p>
      <ButtonLink variant="primary" href={signInPath(next)}>
        Sign in
      </ButtonLink>
    </>
  );
}
