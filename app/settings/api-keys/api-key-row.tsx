import type { Ref } from "react";
import { Moment } from "@/app/_reader/moment";
import { Button } from "@/app/_ui/button";
import type { ShownApiKey } from "./shown-api-key";

export interface ApiKeyRowProps {
  apiKey: ShownApiKey;
  onRevoke: () => void;
  button: Ref<HTMLButtonElement>;
}

/** One key: what it may do, how long, and the way to end it. */
export function ApiKeyRow({ apiKey, onRevoke, button }: ApiKeyRowProps) {
  const { name, scopes, mark, createdAt, lastUsedAt } = apiKey;
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
          Created <Moment at={createdAt} as="day" />, <Use at={lastUsedAt} />.{" "}
          <Expiry {...apiKey} />
        </p>
      </div>
      <Button ref={button} onClick={onRevoke} aria-label={`Revoke: ${name}`}>
        Revoke
      </Button>
    </li>
  );
}

function Use({ at }: { at: Date | null }) {
  return at ? (
    <>
      last used <Moment at={at} as="day" />
    </>
  ) : (
    "not used yet"
  );
}

function Expiry({ expiresAt, hasExpired }: Pick<ShownApiKey, "expiresAt" | "hasExpired">) {
  if (expiresAt === null) {
    return "Never expires.";
  }
  return (
    <span className={hasExpired ? "font-medium text-danger" : undefined}>
      {hasExpired ? "Expired" : "Expires"} <Moment at={expiresAt} as="day" />.
    </span>
  );
}
