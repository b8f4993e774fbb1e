"use client";

import { CircleAlert } from "lucide-react";
import { Button } from "@/app/_ui/button";
import { ButtonLink } from "@/app/_ui/button-link";

export default function ErrorPage({ retry }: { error: unknown; retry: () => void }) {
  return (
    <main
      id="content"
      tabIndex={-1}
      className="mx-auto flex min-h-dvh max-w-form flex-col items-center justify-center px-4 py-16 text-center outline-none"
    >
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
    </main>
  );
}
