"use client";

import { Download } from "lucide-react";
import { useState } from "react";
import { describeFailure } from "@/app/_account/explain-failure";
import { Button } from "@/app/_ui/button";
import { SaveState, type SaveStateProps } from "@/app/settings/save-state";
import { fetchExport } from "@/lib/client/fetch-export";
import { saveFile } from "@/lib/client/save-file";

const words = { saving: "Getting your data together", saved: "Downloaded" };

/** Downloads all of the person's data, and says so when it cannot. */
export function ExportData() {
  const [state, setState] = useState<SaveStateProps>({ state: "idle" });

  async function download() {
    if (state.state === "saving") {
      return;
    }
    setState({ state: "saving", words: words.saving });
    try {
      const { name, content } = await fetchExport();
      saveFile(content, name);
      setState({ state: "saved", words: words.saved });
    } catch (error) {
      setState({ state: "failed", words: describeFailure(error) });
    }
  }

  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <Button onClick={download} aria-disabled={state.state === "saving"}>
        <Download aria-hidden="true" className="size-4" strokeWidth={1.75} />
        Download your data
      </Button>
      <SaveState {...state} />
    </div>
  );
}
