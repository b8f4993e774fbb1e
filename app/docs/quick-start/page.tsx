import { CodeBlock } from "@/app/_ui/code-block";
import { CodeFile } from "@/app/docs/code-file";
import { forThisSite } from "@/app/docs/for-this-site";
import { Guide } from "@/app/docs/guide";
import { guideMetadata } from "@/app/docs/guide-metadata";
import { GuideSection } from "@/app/docs/guide-section";
import { Paragraph } from "@/app/docs/paragraph";
import { Points } from "@/app/docs/points";
import { Prose } from "@/app/docs/prose";
import javascript from "@/app/docs/samples/quick-start.mjs?raw";
import python from "@/app/docs/samples/quick-start.py?raw";
import { cookieSteps, curlSteps, type Step } from "./steps";

export const metadata = guideMetadata("/docs/quick-start");

export default function QuickStartPage() {
  return (
    <Guide path="/docs/quick-start">
      <GuideSection id="curl" title="With curl">
        <StepList steps={curlSteps} />
      </GuideSection>
      <GuideSection id="javascript" title="With JavaScript">
        <Paragraph>
          Save this as `quick-start.mjs`. It needs Node and no package, and reads the key from
          `EVO_TODO_KEY`, as exported above.
        </Paragraph>
        <CodeFile name="quick-start.mjs" code={forThisSite(javascript)} />
        <CodeBlock label="Run quick-start.mjs" code="node quick-start.mjs" />
      </GuideSection>
      <GuideSection id="python" title="With Python">
        <Paragraph>
          The same with the standard library alone. Save it as `quick_start.py`.
        </Paragraph>
        <CodeFile name="quick_start.py" code={forThisSite(python)} />
        <CodeBlock label="Run quick_start.py" code="python3 quick_start.py" />
      </GuideSection>
      <GuideSection id="cookies" title="Without a key">
        <Paragraph>
          A script may also sign in with a password and keep the session in a file of cookies.
          Accounts with two-step sign-in need a key, or the [device sign-in](/docs/device-sign-in).
        </Paragraph>
        <StepList steps={cookieSteps} />
      </GuideSection>
      <GuideSection id="next" title="Where to go from here">
        <Points
          items={[
            "[Tokens and scopes](/docs/tokens): renew a token when it has expired.",
            "[Errors](/docs/errors): every refusal has a `code`, and its `type` leads to the explanation.",
            "[API reference](/docs): every endpoint, and a way to try it on your own tasks.",
          ]}
        />
      </GuideSection>
    </Guide>
  );
}

/** Numbered steps, each with a command that can be copied. */
function StepList({ steps }: { steps: Step[] }) {
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
