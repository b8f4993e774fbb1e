import type { Ref } from "react";
import { Button } from "@/app/_ui/button";
import type { ShownApiKey } from "./shown-api-key";

export interface ApiKeyRowProps {
  apiKey: ShownApiKey;
  onRevoke: () => void;
  button: Ref<HTMLButtonElement>;
}

/** One key: what it may do, how long, and the way to end it. */
export function ApiKeyRow({ apiKey, onRevoke, button }: ApiKeyRowProps) {
  const { name, scopes, mark, made, lastUsed, expiry, hasExpired } = apiKey;
  return (
    <li className="flex items-start justify-between gap-4 py-3">
      <div className="min-w-0">
        <p className="font-medium">
          <bdi>{name}</bdi>
        </p>
        <p className="text-muted">
          <span className="font-mono text-meta">{mark}</span> · {scopes}
        </p>
        <p className="text-muted">
          {made}, {lastUsed}.{" "}
          <span className={hasExpired ? "font-medium text-danger" : undefined}>{expiry}.</span>
        </p>
      </div>
      <Button ref={button} onClick={onRevoke} aria-label={`Revoke: ${name}`}>
        Revoke
      </Button>
    </li>
  );
}
