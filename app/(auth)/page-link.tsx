import Link from "next/link";
import type { ComponentProps } from "react";

/** A link in the text of these pages. Loads nothing before it is pressed. */
export function PageLink(props: Omit<ComponentProps<typeof Link>, "className" | "prefetch">) {
  return (
    <Link
      {...props}
      prefetch={false}
      className="font-medium text-accent underline underline-offset-4"
    />
  );
}
