import { errorCodes } from "@/app/docs/error-codes";
import { Guide } from "@/app/docs/guide";
import { guideMetadata } from "@/app/docs/guide-metadata";
import { Prose } from "@/app/docs/prose";
import { errorTable } from "@/lib/errors";
import { adviceFor } from "./advice";

export const metadata = guideMetadata("/docs/errors");

export default function ErrorsPage() {
  return (
    <Guide path="/docs/errors">
      <p className="mt-4">
        <Prose text="Every error is a problem document (RFC 9457), `application/problem+json`. Let programs look at its `code`, which never changes, and show people its `detail`. `type` leads to the entry below, `requestId` finds the request in the site’s log." />
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
    </Guide>
  );
}
