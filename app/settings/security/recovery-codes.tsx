"use client";

import { Download } from "lucide-react";
import { Button } from "@/app/_ui/button";
import { CopyTextButton } from "@/app/settings/copy-text-button";
import { saveFile } from "@/lib/client/save-file";

/** Recovery codes, shown this once: to copy, to keep as a file, to write down. */
export function RecoveryCodes({ codes }: { codes: readonly string[] }) {
  const text = `${codes.join("\n")}\n`;

  function download() {
    const heading = `Recovery codes for ${window.location.host}. Each works once.\n\n`;
    saveFile(new Blob([heading, text], { type: "text/plain" }), "evo-todo-recovery-codes.txt");
  }

  return (
    <>
      <p className="text-muted">
        Each code signs you in once if your phone or passkey is gone. Keep them where you keep your
        passwords: they are not shown again.
      </p>
      <ol
        aria-label="Recovery codes"
        className="mt-4 grid grid-cols-1 gap-x-8 gap-y-1 rounded-md border border-line bg-canvas p-4 font-mono select-all sm:grid-cols-2"
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <div className="mt-4 flex flex-wrap gap-2">
        <CopyTextButton label="Copy codes" text={text} />
        <Button onClick={download}>
          <Download aria-hidden="true" className="size-4" strokeWidth={1.75} />
          Download as a file
        </Button>
      </div>
    </>
  );
}
