import { Pencil, Trash2 } from "lucide-react";
import type { Ref } from "react";
import { Moment } from "@/app/_reader/moment";
import { IconButton } from "@/app/_ui/icon-button";

/** A passkey as its row shows it. */
export interface ShownPasskey {
  id: string;
  name: string;
  createdAt: Date;
  /** Null for never. */
  lastUsedAt: Date | null;
  isSynced: boolean;
}

export interface PasskeyRowProps {
  passkey: ShownPasskey;
  onRename: () => void;
  onRemove: () => void;
  removeButton: Ref<HTMLButtonElement>;
}

/** One passkey, and the ways to rename and remove it. */
export function PasskeyRow({ passkey, onRename, onRemove, removeButton }: PasskeyRowProps) {
  const { name, createdAt, lastUsedAt, isSynced } = passkey;
  return (
    <li className="flex items-start justify-between gap-4 border-t border-line py-3 last:pb-0">
      <div className="min-w-0">
        <p className="font-medium">
          <bdi>{name}</bdi>
        </p>
        <p className="text-muted">
          Added <Moment at={createdAt} as="day" />,{" "}
          {lastUsedAt ? (
            <>
              last used <Moment at={lastUsedAt} as="day" />
            </>
          ) : (
            "not used yet"
          )}
          . {isSynced ? "Synced between devices." : "On one device only."}
        </p>
      </div>
      <div className="flex shrink-0 gap-1">
        <IconButton icon={Pencil} label={`Rename: ${name}`} onClick={onRename} />
        <IconButton
          ref={removeButton}
          icon={Trash2}
          label={`Remove: ${name}`}
          tone="danger"
          onClick={onRemove}
        />
      </div>
    </li>
  );
}
