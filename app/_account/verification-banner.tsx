import { cookies } from "next/headers";
import { features } from "@/lib/auth/features";
import { addressReminderCookie } from "@/lib/client/address-reminder";
import { AddressReminder } from "./address-reminder";

export interface VerificationBannerProps {
  user: { email: string; emailVerified: boolean };
}

/** A line above a page while the address of the person is not confirmed and mail reaches them. */
export async function VerificationBanner({ user }: VerificationBannerProps) {
  if (user.emailVerified || !features.mail) {
    return null;
  }
  if ((await cookies()).has(addressReminderCookie)) {
    return null;
  }
  return <AddressReminder email={user.email} />;
}
