import { CodeBlock } from "@/app/_ui/code-block";
import type { Step } from "@/app/docs/quick-start/steps";
import { forThisSite } from "./for-this-site";
import { Prose } from "./prose";

/** Numbered steps, each with a command that can be copied. */
export function StepList({ steps }: { steps: Step[] }) {
  return (
    <ol className="space-y-6">
      {steps.map(({ title, explanation, command }, index) => (
        <li key={title}>
          <h3 className="font-semibold">
            {index + 1}. {title}
          </h3>
          <p className="mt-1 mb-3 text-muted">
            <Prose text={explanation} />
          </p>
          <CodeBlock label={title} code={forThisSite(command)} />
        </li>
      ))}
    </ol>
  );
}
