import type { Metadata } from "next";
import { PageLink } from "@/app/_ui/page-link";
import { features } from "@/lib/auth/features";
import { ForgotPassword } from "./forgot-password";

export const metadata: Metadata = {
  title: "Forgot your password",
  description: "Get a link to choose a new password for your Evo-TODO account.",
};

export default function ForgotPasswordPage() {
  return (
    <>
      {features.mail ? <ForgotPassword /> : <NoMail />}
      <p className="mt-6 text-muted">
        <PageLink href="/sign-in">Back to sign in</PageLink>
      </p>
    </>
  );
}

function NoMail() {
  return (
    <>
      <h1 className="text-title font-semibold">Forgot your password?</h1>
      <p className="mt-3">
        This site sends no mail, so it cannot send you a link. Ask the person who runs it: one
        command makes a link for you to choose a new password.
      </p>
    </>
  );
}
