import { CopyButton } from "./copy-button";
import { ScrollableCode } from "./scrollable-code";

/** Code that can be copied. */
export function CodeBlock({ label, code }: { label: string; code: string }) {
  return (
    <div className="flex items-start rounded-md border border-line bg-surface">
      <ScrollableCode label={label} code={code} />
      <CopyButton label={label} text={code} />
    </div>
  );
}
