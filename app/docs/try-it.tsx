"use client";

import Link from "next/link";
import { type FormEvent, useId, useState } from "react";
import { Button } from "@/app/_ui/button";
import { ScrollableCode } from "@/app/_ui/scrollable-code";
import { TextArea } from "@/app/_ui/text-area";
import { TextField } from "@/app/_ui/text-field";
import { ApiError } from "@/lib/client/api-error";
import type { RequestField, RequestForm } from "./request-form";
import { type Received, sendRequest } from "./send-request";
import { useTryIt } from "./try-it-context";

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

type Outcome = { received: Received } | { failure: unknown };

/** The request of an operation, filled in from its examples, and the answer to it. */
function TryItForm({ request }: { request: RequestForm }) {
  const { source, pastedToken, taskId, setTaskId } = useTryIt();
  const [typed, setTyped] = useState<Record<string, string>>({});
  const [body, setBody] = useState(request.body ?? "");
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [isSending, setSending] = useState(false);

  function valueFor({ name, place, example }: RequestField): string {
    const prefilled = place === "path" ? (taskId ?? example) : "";
    return typed[name] ?? prefilled;
  }

  function valuesIn(place: RequestField["place"]): Record<string, string> {
    const fields = request.fields.filter((field) => field.place === place);
    return Object.fromEntries(fields.map((field) => [field.name, valueFor(field)]));
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (isSending) {
      return;
    }
    setSending(true);
    const { method, path, credential } = request;
    try {
      const received = await sendRequest(
        {
          method,
          path,
          credential,
          pathValues: valuesIn("path"),
          queryValues: valuesIn("query"),
          headerValues: valuesIn("header"),
          body,
        },
        source,
        pastedToken,
      );
      setOutcome({ received });
      const id = taskIdIn(received.body);
      if (id !== null) {
        setTaskId(id);
      }
    } catch (failure) {
      setOutcome({ failure });
    } finally {
      setSending(false);
    }
  }

  return (
    <form onSubmit={submit} className="mt-4 rounded-lg border border-line bg-surface p-4">
      <div className="grid gap-4 sm:grid-cols-2">
        {request.fields.map((field) => (
          <TextField
            key={field.name}
            label={field.isRequired ? `${field.name} (required)` : field.name}
            required={field.isRequired}
            value={valueFor(field)}
            placeholder={field.example}
            onChange={(event) => setTyped({ ...typed, [field.name]: event.target.value })}
            autoComplete="off"
            spellCheck={false}
          />
        ))}
      </div>
      {request.body !== null && (
        <div className="mt-4">
          <TextArea
            label="Body"
            value={body}
            onChange={(event) => setBody(event.target.value)}
            spellCheck={false}
            className="font-mono"
          />
        </div>
      )}
      <Button type="submit" aria-disabled={isSending} className="mt-4">
        Send
      </Button>
      <div aria-live="polite" className="mt-4 empty:mt-0">
        {outcome && "received" in outcome && <AnswerView received={outcome.received} />}
        {outcome && "failure" in outcome && <Failure failure={outcome.failure} />}
      </div>
    </form>
  );
}

function Failure({ failure }: { failure: unknown }) {
  if (failure instanceof ApiError && failure.status === 401) {
    return (
      <p>
        You are not signed in here.{" "}
        <Link
          href="/sign-in?next=/docs"
          prefetch={false}
          className="font-medium text-accent underline underline-offset-4"
        >
          Sign in
        </Link>{" "}
        or paste a token above.
      </p>
    );
  }
  return (
    <p className="text-danger">
      {failure instanceof Error ? failure.message : "The request could not be sent."}
    </p>
  );
}

/** The task that an answer is, or the first of its list. */
function taskIdIn(json: string): string | null {
  return /^\{\s*(?:"data": \[\s*\{\s*)?"id": "([0-9a-f-]{36})"/.exec(json)?.[1] ?? null;
}

/** An answer as it came: status, headers and body. */
function AnswerView({ received }: { received: Received }) {
  const { status, statusText, milliseconds, headers, body } = received;
  return (
    <div className="border-t border-line pt-4">
      <p>
        <span className="font-semibold">
          {status} {statusText}
        </span>{" "}
        <span className="text-muted">in {milliseconds} ms</span>
      </p>
      <p className="mt-3 text-meta text-muted">Headers</p>
      <div className="rounded-md bg-canvas">
        <ScrollableCode label="Headers of the answer" code={headers} />
      </div>
      <p className="mt-3 text-meta text-muted">Body</p>
      <div className="rounded-md bg-canvas">
        <ScrollableCode label="Body of the answer" code={body || "(none)"} />
      </div>
    </div>
  );
}
