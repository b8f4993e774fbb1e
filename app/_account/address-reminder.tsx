"use client";

import { X } from "lucide-react";
import { useState } from "react";
import { IconButton } from "@/app/_ui/icon-button";
import { dismissAddressReminder } from "@/lib/client/address-reminder";
import { requestVerification } from "@/lib/client/mail-link-client";
import { explainFailure } from "./explain-failure";

export interface AddressReminderProps {
  email: string;
}

/** Reminds quietly of an address that is not confirmed, until it is put away. */
export function AddressReminder({ email }: AddressReminderProps) {
  const [isShown, setShown] = useState(true);
  const [words, setWords] = useState("");
  const [isSending, setSending] = useState(false);
  if (!isShown) {
    return null;
  }

  async function resend() {
    if (isSending) {
      return;
    }
    setSending(true);
    try {
      await requestVerification(email);
      setWords("A new link is on its way. It works for an hour.");
    } catch (error) {
      setWords(explainFailure(error, []).form ?? "");
    } finally {
      setSending(false);
    }
  }

  function dismiss() {
    dismissAddressReminder();
    setShown(false);
    document.getElementById("content")?.focus();
  }

  return (
    <aside aria-label="Address not confirmed" className="bg-hover text-meta">
      <div className="mx-auto flex max-w-page items-center gap-x-3 px-4 py-1 sm:px-6">
        <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-3">
          <p role="status" className="line-clamp-3">
            {words || `Please confirm ${email}.`}
          </p>
          <button
            type="button"
            onClick={resend}
            aria-disabled={isSending}
            className="min-h-8 rounded-sm font-medium text-accent underline underline-offset-4 pointer-coarse:min-h-11"
          >
            Send the link again
          </button>
        </div>
        <IconButton icon={X} label="Put the reminder away" onClick={dismiss} className="-me-2" />
      </div>
    </aside>
  );
}
