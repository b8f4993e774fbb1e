"use client";

import { useId, useState } from "react";
import { Button } from "@/app/_ui/button";
import type { RequestForm } from "./request-form";
import { TryItForm } from "./try-it-form";

/** Opens a form that sends this operation's request. */
export function TryIt({ request }: { request: RequestForm }) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  return (
    <div className="mt-4">
      <Button
        aria-expanded={isOpen}
        aria-controls={id}
        aria-label={`Try it: ${request.summary}, ${request.method}`}
        onClick={() => setOpen(!isOpen)}
      >
        Try it
      </Button>
      <div id={id}>{isOpen && <TryItForm request={request} />}</div>
    </div>
  );
}
