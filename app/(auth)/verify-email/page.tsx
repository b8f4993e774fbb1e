import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { tokenOf } from "@/app/(auth)/token-of";
import { findVerification } from "@/lib/account/mail-links";
import { features } from "@/lib/auth/features";
import { getSession } from "@/lib/auth/session";
import { ConfirmAddress, type ConfirmAddressProps } from "./confirm-address";
import { Unconfirmed } from "./unconfirmed";

export const metadata: Metadata = {
  title: "Confirm your address",
  robots: { index: false },
};

type Link = ConfirmAddressProps["link"];

/** With a token the page of a link from a mail, without one the way to such a link. */
export default async function VerifyEmailPage({ searchParams }: PageProps<"/verify-email">) {
  const token = tokenOf(await searchParams);
  const session = await getSession();
  const ownEmail = session?.user.email ?? null;
  const isConfirmed = session?.user.emailVerified === true;
  if (token) {
    const link = await linkFor(session?.user.id, token);
    return <ConfirmAddress {...{ token, ownEmail, isConfirmed, link }} />;
  }
  if (isConfirmed) {
    redirect("/tasks");
  }
  return (
    <Unconfirmed ownEmail={ownEmail} sendsMail={features.mail} isWall={features.verifiedEmail} />
  );
}

async function linkFor(userId: string | undefined, token: string): Promise<Link> {
  const owner = await findVerification(token);
  if (!owner) {
    return "dead";
  }
  return owner.id === userId ? "own" : "other";
}
