import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { getSession } from "@/lib/auth/session";
import { CredentialsForm } from "../credentials-form";
import { nextPath, signInPath } from "../next-path";

export const metadata: Metadata = {
  title: "Create an account",
  description:
    "Create an Evo-TODO account with an e-mail address and a password. It takes one screen.",
};

export default async function SignUpPage({ searchParams }: PageProps<"/sign-up">) {
  const { next: requested } = await searchParams;
  const next = nextPath(requested);
  if (await getSession()) redirect(next);
  return (
    <>
      <h1 className="text-title font-semibold">Create an account</h1>
      <p className="mt-1 mb-8 text-muted">No mail to wait for: add your first task right away.</p>
      <CredentialsForm purpose="sign-up" next={next} />
      <p className="mt-6 text-muted">
        Have an account?{" "}
        <Link
          prefetch={false}
          href={signInPath(next)}
          className="font-medium text-accent underline underline-offset-4"
        >
          Sign in
        </Link>
      </p>
    </>
  );
}
