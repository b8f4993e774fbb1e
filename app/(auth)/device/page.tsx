import type { Metadata } from "next";
import { ConfirmIdentityBoundary } from "@/app/_account/confirm-identity-boundary";
import { requireSession } from "@/lib/auth/session";
import { Device } from "./device";

export const metadata: Metadata = {
  title: "Let a device in",
  robots: { index: false },
};

/** Where a person lets a command-line tool or another device into their account (RFC 8628). */
export default async function DevicePage({ searchParams }: PageProps<"/device">) {
  const { user_code: given } = await searchParams;
  const code = typeof given === "string" ? given : "";
  const query = code === "" ? "" : `?${new URLSearchParams({ user_code: code })}`;
  const { user } = await requireSession(`/device${query}`);
  return (
    <ConfirmIdentityBoundary user={user}>
      <Device code={code} email={user.email} />
    </ConfirmIdentityBoundary>
  );
}
