"use client";

import { Button } from "@/app/_ui/button";
import { CodeBlock } from "@/app/_ui/code-block";
import { Dialog } from "@/app/_ui/dialog";
import { CopyTextButton } from "@/app/settings/copy-text-button";

export interface NewKeyDialogProps {
  open: boolean;
  onDone: () => void;
  /** Closed in another way than by "Done". */
  onClose: () => void;
  apiKey: string;
  baseUrl: string;
  returnFocus: () => HTMLElement | null;
}

/** The one look at a new key, and a command that trades it for a token. */
export function NewKeyDialog({ apiKey, baseUrl, onDone, ...dialog }: NewKeyDialogProps) {
  return (
    <Dialog
      {...dialog}
      title="Your new key"
      description="Copy it now: it is not shown again. Keep it like a password."
      footer={
        <Button variant="primary" onClick={onDone}>
          Done
        </Button>
      }
    >
      <p className="rounded-md border border-line bg-canvas p-4 font-mono text-meta select-all">
        {apiKey}
      </p>
      <div className="mt-3">
        <CopyTextButton label="Copy key" text={apiKey} />
      </div>
      <h3 className="mt-6 mb-2 font-medium">Trade it for a token</h3>
      <CodeBlock label="Trade it for a token" code={exchangeCommand(baseUrl, apiKey)} />
    </Dialog>
  );
}

/** The command for a POSIX shell that trades an API key for a token. */
export function exchangeCommand(baseUrl: string, apiKey: string): string {
  return `curl -X POST "${baseUrl}/api/token" \\\n  -H "x-api-key: ${apiKey}"`;
}
