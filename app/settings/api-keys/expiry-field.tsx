import { TriangleAlert } from "lucide-react";
import { SelectField } from "@/app/_ui/select-field";
import { apiKeyLives } from "@/lib/account/limits";

const lives: { value: string; label: string; seconds: number | null }[] = [
  { value: "30", label: "In 30 days", seconds: apiKeyLives.month },
  { value: "90", label: "In 90 days", seconds: apiKeyLives.quarter },
  { value: "365", label: "In a year", seconds: apiKeyLives.year },
  { value: "never", label: "Never", seconds: null },
];

export const defaultExpiry = "90";

export interface ExpiryFieldProps {
  value: string;
  onChange: (value: string) => void;
}

/** When a key ends. "Never" comes with a warning, which is announced. */
export function ExpiryField({ value, onChange }: ExpiryFieldProps) {
  return (
    <div className="flex flex-col gap-2">
      <SelectField
        label="Expires"
        name="expiry"
        options={lives}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      <div role="status">
        {expirySeconds(value) === null ? (
          <p className="flex items-start gap-1.5 text-meta text-warning">
            <TriangleAlert
              aria-hidden="true"
              className="mt-0.5 size-4 shrink-0"
              strokeWidth={1.75}
            />
            Anyone who finds this key can use it until you revoke it. A key that ends is safer.
          </p>
        ) : null}
      </div>
    </div>
  );
}

/** Seconds until a choice of the field ends; null for never. */
export function expirySeconds(value: string): number | null {
  const life = lives.find((known) => known.value === value);
  return life ? life.seconds : apiKeyLives.quarter;
}
