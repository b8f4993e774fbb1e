import type { Metadata } from "next";
import { CodeBlock } from "@/app/_ui/code-block";
import { Contents } from "./contents";
import { Credentials } from "./credentials";
import { MemberTable } from "./member-table";
import { OperationSection } from "./operation-section";
import { Prose } from "./prose";
import { readReference, type Schema } from "./reference";
import { TryItProvider } from "./try-it-context";

export const metadata: Metadata = {
  title: "API reference",
  description:
    "Reach your tasks from scripts: every endpoint, every member, every answer, and a way to try each request.",
  alternates: { canonical: "/docs" },
};

export default function DocsPage() {
  const reference = readReference();
  return (
    <div className="flex-1 pt-8 pb-16 lg:grid lg:grid-cols-[13rem_minmax(0,46rem)] lg:gap-12">
      <Contents reference={reference} />
      <main id="content" tabIndex={-1} className="min-w-0 outline-none">
        <h1 className="text-display font-semibold tracking-tight">API reference</h1>
        <p className="mt-2 text-lead text-muted">
          Everything the pages do with tasks, your programs can do too, with a bearer token.
        </p>
        <p className="mt-4">
          <Prose text="New here? The [quick start](/docs/quick-start) takes five minutes. This page is made from the [OpenAPI 3.1 document](/api/openapi.json), which client generators read, and every error has a code that is [explained](/docs/errors)." />
        </p>
        <General />
        <TryItProvider>
          <Credentials />
          {reference.groups.map((group) => (
            <section key={group.name} aria-labelledby={`group-${group.name}`} className="mt-16">
              <h2 id={`group-${group.name}`} className="text-title font-semibold">
                {group.name}
              </h2>
              <p className="mt-2 text-muted">{group.description}</p>
              {group.operations.map((operation) => (
                <OperationSection key={operation.id} operation={operation} />
              ))}
            </section>
          ))}
        </TryItProvider>
        <section aria-labelledby="schemas" className="mt-16">
          <h2 id="schemas" className="text-title font-semibold">
            Schemas
          </h2>
          {reference.schemas.map((schema) => (
            <SchemaSection key={schema.name} schema={schema} />
          ))}
        </section>
      </main>
    </div>
  );
}

const rules = [
  "Every answer carries `X-Request-Id`, yours where you send one. Name it when you ask for help.",
  "Errors are `application/problem+json` with a stable `code`; wrong members come all at once under `errors`.",
  "An update changes what you send and leaves the rest alone. `null` clears.",
  "Send `If-Match` with the `ETag` you read, and nobody's change is overwritten unseen: the answer is 412 with the task as it is now.",
  "Send an `Idempotency-Key`, or an `id` of your own, with a create, and you may [repeat it](/docs/requests) without fear.",
  "Unknown members and parameters are refused, but for the two requests of the [device flow](/docs/device-sign-in), which ignore unknown members as OAuth demands. All [limits](/docs/limits) are on one page.",
  "`HEAD` works wherever `GET` does, and `OPTIONS` names the methods of an address.",
  "Beyond the limit of `RateLimit-Policy` the answer is 429, and `Retry-After` says when to go on.",
];

function General() {
  return (
    <section aria-labelledby="rules" className="mt-16">
      <h2 id="rules" className="text-title font-semibold">
        What holds everywhere
      </h2>
      <ul className="mt-4 list-disc space-y-2 ps-5 marker:text-muted">
        {rules.map((rule) => (
          <li key={rule}>
            <Prose text={rule} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** One schema of the document. */
function SchemaSection({ schema }: { schema: Schema }) {
  return (
    <section className="mt-10">
      <h3 id={`schema-${schema.name}`} className="text-lead font-semibold">
        {schema.name}
      </h3>
      <p className="mt-1 text-muted">
        <Prose text={schema.description} />
      </p>
      <MemberTable caption={`Members of ${schema.name}`} members={schema.members} />
      {schema.example !== null && (
        <div className="mt-4">
          <CodeBlock label={`Example of ${schema.name}`} code={schema.example} />
        </div>
      )}
    </section>
  );
}
