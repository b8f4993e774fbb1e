import type { Metadata } from "next";
import { errorTable } from "@/lib/errors";
import { Prose } from "../prose";
import { adviceFor } from "./advice";
import { errorCodes } from "./codes";

export const metadata: Metadata = {
  title: "Errors of the API",
  description: "Every error code of the Evo-TODO API: what it means and what to do about it.",
  alternates: { canonical: "/docs/errors" },
};

export default function ErrorsPage() {
  return (
    <main id="content" tabIndex={-1} className="max-w-content flex-1 pt-8 pb-16 outline-none">
      <h1 className="text-title font-semibold">Errors</h1>
      <p className="mt-2 text-muted">
        Every error is a problem document (RFC 9457). Let programs look at its{" "}
        <Prose text="`code`" />, which never changes, and show people its <Prose text="`detail`" />.
      </p>
      {errorCodes.map((code) => (
        <section key={code} className="mt-8 border-t border-line pt-6">
          <h2 id={code} className="font-mono text-lead font-semibold">
            {code}
          </h2>
          <p className="mt-1 text-muted">
            {errorTable[code].status} · {errorTable[code].title}
          </p>
          <p className="mt-3">
            <Prose text={adviceFor[code].meaning} />
          </p>
          <p className="mt-2">
            <Prose text={adviceFor[code].advice} />
          </p>
        </section>
      ))}
    </main>
  );
}
