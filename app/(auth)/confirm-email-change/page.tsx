import type { Metadata } from "next";
import { ButtonLink } from "@/app/_ui/button-link";
import { DeadLink } from "@/app/(auth)/dead-link";
import { tokenOf } from "@/app/(auth)/token-of";
import { requireSession } from "@/lib/auth/session";
import { ConfirmEmailChange } from "./confirm-email-change";

export const metadata: Metadata = {
  title: "Change your address",
  robots: { index: false },
};

/** The page of a link that moves an account to another address. It takes who asked for it. */
export default async function ConfirmEmailChangePage({
  searchParams,
}: PageProps<"/confirm-email-change">) {
  const token = tokenOf(await searchParams);
  const query = token ? `?${new URLSearchParams({ token })}` : "";
  const { user } = await requireSession(`/confirm-email-change${query}`);
  const settings = (
    <ButtonLink variant="primary" href="/settings">
      Go to settings
    </ButtonLink>
  );
  if (!token) {
    return (
      <DeadLink>
        <p className="mb-6">If you signed in only now, open the link in the mail once more.</p>
        {settings}
      </DeadLink>
    );
  }
  return <ConfirmEmailChange token={token} email={user.email} settings={settings} />;
}
