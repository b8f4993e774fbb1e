"use client";

import { CircleAlert } from "lucide-react";
import { Button } from "@/app/_ui/button";
import { ButtonLink } from "@/app/_ui/button-link";
import { MessagePage } from "@/app/_ui/message-page";

export default function ErrorPage({ retry }: { error: unknown; retry: () => void }) {
  return (
    <MessagePage>
      <title>Something went wrong · Evo-TODO</title>
      <CircleAlert aria-hidden="true" className="size-8 text-danger" strokeWidth={1.5} />
      <h1 className="mt-4 text-title font-semibold">Something went wrong</h1>
      <p className="mt-2 text-muted">
        This page could not be loaded. Your tasks are safe. Try again in a moment.
      </p>
      <div className="mt-8 flex flex-wrap justify-center gap-3">
        <Button variant="primary" onClick={retry}>
          Try again
        </Button>
        <ButtonLink href="/">Go to the start page</ButtonLink>
      </div>
    </MessagePage>
  );
}
