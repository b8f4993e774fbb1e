"use client";

import { CircleAlert } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "@/app/_ui/button";
import { ButtonLink } from "@/app/_ui/button-link";
import { MessagePage } from "@/app/_ui/message-page";
import { missingFileOf, reloadOnce } from "@/app/_ui/missing-file";
import { useIsFileGone } from "@/app/_ui/use-is-file-gone";

interface ErrorPageProps {
  error: unknown;
  retry: () => void;
}

/** What is shown in place of a page that failed. Where its files are gone, it is reloaded once. */
export default function ErrorPage({ error, retry }: ErrorPageProps) {
  const file = missingFileOf(error);
  const isGone = useIsFileGone(error);
  const [isStuck, setStuck] = useState(false);
  useEffect(() => {
    if (isGone && file !== null && !reloadOnce(file)) {
      setStuck(true);
    }
  }, [isGone, file]);

  if (isGone === null || (isGone && !isStuck)) {
    return (
      <MessagePage>
        <p role="status" className="text-muted">
          Loading
        </p>
      </MessagePage>
    );
  }
  return (
    <MessagePage>
      <title>Something went wrong · Evo-TODO</title>
      <CircleAlert aria-hidden="true" className="size-8 text-danger" strokeWidth={1.5} />
      <h1 className="mt-4 text-title font-semibold">Something went wrong</h1>
      <p className="mt-2 text-muted">
        {isStuck
          ? "The site has a new version, and this page needs it. Your tasks are safe. Reload the page."
          : "This page could not be loaded. Your tasks are safe. Try again in a moment."}
      </p>
      <div className="mt-8 flex flex-wrap justify-center gap-3">
        {isStuck ? (
          <Button variant="primary" onClick={() => window.location.reload()}>
            Reload the page
          </Button>
        ) : (
          <Button variant="primary" onClick={retry}>
            Try again
          </Button>
        )}
        <ButtonLink href="/">Go to the start page</ButtonLink>
      </div>
    </MessagePage>
  );
}
