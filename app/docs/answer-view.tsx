import { ScrollableCode } from "@/app/_ui/scrollable-code";
import type { Received } from "./send-request";

/** An answer as it came: status, headers and body. */
export function AnswerView({ received }: { received: Received }) {
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
