import { CodeBlock } from "./code-block";
import { quickStart } from "./quick-start";

/** From nothing to a completed task in five commands. */
export function QuickStart({ baseUrl }: { baseUrl: string }) {
  return (
    <section aria-labelledby="quick-start" className="mt-12">
      <h2 id="quick-start" className="text-title font-semibold">
        Quick start
      </h2>
      <p className="mt-2 text-muted">Five commands for any shell that has curl and sed.</p>
      <ol className="mt-6 space-y-6">
        {quickStart(baseUrl).map(({ title, explanation, command }, index) => (
          <li key={title}>
            <h3 className="font-semibold">
              {index + 1}. {title}
            </h3>
            <p className="mt-1 mb-3 text-muted">{explanation}</p>
            <CodeBlock label={title} code={command} />
          </li>
        ))}
      </ol>
    </section>
  );
}
