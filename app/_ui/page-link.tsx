import Link from "next/link";
import type { ComponentProps } from "react";

/**
 * A link in the text of these pages. Loads nothing before it is pressed. For a finger it is 44 px high,
 * which moves no text.
 */
export function PageLink(props: Omit<ComponentProps<typeof Link>, "className" | "prefetch">) {
  return (
    <Link
      {...props}
      prefetch={false}
      className="font-medium text-accent underline underline-offset-4 pointer-coarse:py-3"
    />
  );
}
