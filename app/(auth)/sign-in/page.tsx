import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { Banner } from "@/app/_ui/banner";
import { PageLink } from "@/app/_ui/page-link";
import { nextPath } from "@/app/(auth)/next-path";
import { providerFailure } from "@/app/(auth)/provider-failure";
import { features, offersPasskeys } from "@/lib/auth/features";
import { getSession } from "@/lib/auth/session";
import { SignIn } from "./sign-in";

export const metadata: Metadata = {
  title: "Sign in",
  description: "Sign in to Evo-TODO with your e-mail address and password.",
};

type Search = Record<string, string | string[] | undefined>;

export default async function SignInPage({ searchParams }: PageProps<"/sign-in">) {
  const search = await searchParams;
  const next = nextPath(search.next);
  if (await getSession()) {
    redirect(next);
  }
  return (
    <SignIn
      next={next}
      providers={features.providers}
      hasPasskeys={offersPasskeys(await headers())}
      mustBeConfirmed={features.verifiedEmail && features.mail}
      notice={<Notice search={search} />}
      links={<Links next={next} />}
    />
  );
}

function Notice({ search }: { search: Search }) {
  const failure = providerFailure(search.error, features.mail);
  const news = newsOf(search);
  if (!failure && !news) {
    return null;
  }
  return (
    <div className="mb-5">
      <Banner tone={failure ? "error" : "info"}>{failure ?? news}</Banner>
    </div>
  );
}

function newsOf({ reset, deleted }: Search): string | null {
  if (reset === "1") {
    return "Your password is changed. Sign in with the new one.";
  }
  if (deleted === "1") {
    return "Your account is gone, and everything in it.";
  }
  return null;
}

function Links({ next }: { next: string }) {
  return (
    <div className="mt-6 flex flex-col gap-2 text-muted pointer-coarse:gap-5">
      {features.mail ? (
        <p>
          <PageLink href="/forgot-password">Forgot your password?</PageLink>
        </p>
      ) : null}
      {features.signUps ? (
        <p>
          New here?{" "}
          <PageLink href={`/sign-up?next=${encodeURIComponent(next)}`}>Create an account</PageLink>
        </p>
      ) : null}
    </div>
  );
}
