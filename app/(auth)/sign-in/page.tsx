import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { getSession } from "@/lib/auth/session";
import { CredentialsForm } from "../credentials-form";
import { nextPath } from "../next-path";

export const metadata: Metadata = {
  title: "Sign in",
  description: "Sign in to Evo-TODO with your e-mail address and password.",
};

export default async function SignInPage({ searchParams }: PageProps<"/sign-in">) {
  const { next: requested } = await searchParams;
  const next = nextPath(requested);
  if (await getSession()) redirect(next);
  return (
    <>
      <h1 className="text-title font-semibold">Sign in</h1>
      <p className="mt-1 mb-8 text-muted">Your tasks are where you left them.</p>
      <CredentialsForm purpose="sign-in" next={next} />
      <p className="mt-6 text-muted">
        New here?{" "}
        <Link
          prefetch={false}
          href={`/sign-up?next=${encodeURIComponent(next)}`}
          className="font-medium text-accent underline underline-offset-4"
        >
          Create an account
        </Link>
      </p>
    </>
  );
}
