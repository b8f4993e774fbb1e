"use client";

import { KeyRound, Plus } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { Button } from "@/app/_ui/button";
import { EmptyState } from "@/app/_ui/empty-state";
import { useToasts } from "@/app/_ui/toasts";
import { SettingsSection } from "@/app/settings/settings-section";
import { useSectionHeading } from "@/app/settings/use-section-heading";
import { ApiKeyList } from "./api-key-list";
import { MakeKeyDialog } from "./make-key-dialog";
import { NewKeyDialog } from "./new-key-dialog";
import type { ShownApiKey } from "./shown-api-key";

const docsLook = "font-medium text-accent underline underline-offset-4";

export interface ApiKeysSectionProps {
  keys: readonly ShownApiKey[];
  baseUrl: string;
}

/** The keys there are, the way to make one, and the one look at a new key. */
export function ApiKeysSection({ keys, baseUrl }: ApiKeysSectionProps) {
  const { part, heading } = useSectionHeading<HTMLDivElement>();
  const { show } = useToasts();
  const [step, setStep] = useState<"make" | "show" | null>(null);
  const [newKey, setNewKey] = useState("");
  const hasKeys = keys.length > 0;

  function showKey(key: string) {
    setNewKey(key);
    setStep("show");
  }

  function forgetKey() {
    setStep(null);
    setNewKey("");
  }

  function leaveKey() {
    forgetKey();
    show({
      message:
        "The key is gone from this page. If you did not copy it, revoke it and make another.",
    });
  }

  const makeButton = (
    <Button variant="primary" onClick={() => setStep("make")}>
      <Plus aria-hidden="true" className="size-4" strokeWidth={1.75} />
      Make a key
    </Button>
  );

  return (
    <SettingsSection title="Your keys" action={hasKeys ? makeButton : undefined}>
      <div ref={part}>
        <ApiKeyList keys={keys} heading={heading} />
        {hasKeys ? null : (
          <EmptyState icon={KeyRound} title="No keys yet" action={makeButton}>
            Make one for a script, a shortcut or an agent. The{" "}
            <Link href="/docs" prefetch={false} className={docsLook}>
              documentation
            </Link>{" "}
            shows what it can do.
          </EmptyState>
        )}
        <MakeKeyDialog open={step === "make"} onClose={() => setStep(null)} onMade={showKey} />
        <NewKeyDialog
          open={step === "show"}
          onDone={forgetKey}
          onClose={leaveKey}
          apiKey={newKey}
          baseUrl={baseUrl}
          returnFocus={heading}
        />
      </div>
    </SettingsSection>
  );
}
