import type { Metadata } from "next";
import { tokenOf } from "@/app/(auth)/token-of";
import { ResetPassword } from "./reset-password";

export const metadata: Metadata = {
  title: "Choose a new password",
  robots: { index: false },
};

export default async function ResetPasswordPage({ searchParams }: PageProps<"/reset-password">) {
  return <ResetPassword token={tokenOf(await searchParams)} />;
}
