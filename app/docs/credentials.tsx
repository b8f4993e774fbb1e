"use client";

import { Choice } from "@/app/_ui/choice";
import { TextField } from "@/app/_ui/text-field";
import { useTryIt } from "./try-it-context";

const sources = [
  { value: "session", label: "My session" },
  { value: "pasted", label: "A pasted token" },
] as const;

/** Chooses the token that the requests of this page are sent with. */
export function Credentials() {
  const { source, setSource, pastedToken, setPastedToken } = useTryIt();
  return (
    <section aria-labelledby="try" className="mt-16">
      <h2 id="try" className="text-title font-semibold">
        Try it
      </h2>
      <p className="mt-2 mb-4 text-muted">
        Each endpoint below can be tried right here, on your real tasks. Choose whose token to send.
      </p>
      <Choice legend="Token" options={sources} value={source} onChange={setSource} />
      <div className="mt-4 max-w-form">
        {source === "pasted" ? (
          <TextField
            label="Bearer token"
            hint="Stays in this page's memory and is gone when you leave."
            value={pastedToken}
            onChange={(event) => setPastedToken(event.target.value)}
            autoComplete="off"
            spellCheck={false}
            className="font-mono"
          />
        ) : (
          <p className="text-meta text-muted">
            A fresh token is fetched for each request from the session of this browser.
          </p>
        )}
      </div>
    </section>
  );
}
