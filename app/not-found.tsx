import type { Metadata } from "next";
import { ButtonLink } from "@/app/_ui/button-link";
import { MessagePage } from "@/app/_ui/message-page";

export const metadata: Metadata = {
  title: "Page not found",
  description: "There is no page at this address.",
};

export default function NotFoundPage() {
  return (
    <MessagePage>
      <p className="text-meta font-medium text-muted">404</p>
      <h1 className="mt-2 text-title font-semibold">There is no page here</h1>
      <p className="mt-2 text-muted">
        The address may be mistyped, or what it led to has been deleted.
      </p>
      <div className="mt-8 flex flex-wrap justify-center gap-3">
        <ButtonLink href="/tasks" variant="primary">
          Go to your tasks
        </ButtonLink>
        <ButtonLink href="/">Go to the start page</ButtonLink>
      </div>
    </MessagePage>
  );
}
