import { cookies } from "next/headers";
import { features } from "@/lib/auth/features";
import { addressReminderCookie } from "@/lib/client/address-reminder";
import { AddressReminder } from "./address-reminder";

export interface VerificationBannerProps {
  user: { email: string; emailVerified: boolean };
  /** The width of the page below, so that both begin at one edge. */
  width: "content" | "page";
}

/** A line above a page while the address of the person is not confirmed and mail reaches them. */
export async function VerificationBanner({ user, width }: VerificationBannerProps) {
  if (user.emailVerified || !features.mail) return null;
  if ((await cookies()).has(addressReminderCookie)) return null;
  return <AddressReminder email={user.email} width={width} />;
}
