import type { Metadata } from "next";
import { ButtonLink } from "@/app/_ui/button-link";

export const metadata: Metadata = { title: "Account deleted", robots: { index: false } };

export default function AccountDeletedPage() {
  return (
    <>
      <h1 className="text-title font-semibold">Your account is deleted</h1>
      <p className="mt-3 mb-6">
        Your tasks, sessions and keys are gone with it. Programs that used them are refused from now
        on. Thank you for having been here.
      </p>
      <ButtonLink href="/">Go to the start page</ButtonLink>
    </>
  );
}
