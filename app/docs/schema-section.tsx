import { CodeBlock } from "@/app/_ui/code-block";
import { MemberTable } from "./member-table";
import { Prose } from "./prose";
import type { Schema } from "./reference";

/** One schema of the document. */
export function SchemaSection({ schema }: { schema: Schema }) {
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
