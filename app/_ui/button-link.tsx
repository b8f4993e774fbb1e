import Link from "next/link";
import type { ComponentProps } from "react";

const shared =
  "inline-flex min-h-9 items-center justify-center gap-2 rounded-md px-4 py-1.5 text-body font-medium whitespace-nowrap transition-colors max-[24rem]:whitespace-normal pointer-coarse:min-h-11";

const looks = {
  primary: "bg-accent text-on-accent hover:bg-accent-hover",
  secondary: "border border-edge bg-surface text-ink hover:bg-hover",
  quiet: "text-ink hover:bg-hover",
};

export interface ButtonLinkProps extends ComponentProps<typeof Link> {
  variant?: keyof typeof looks;
}

/** A link to another page that looks like a button. Loads nothing before it is pressed. */
export function ButtonLink({ variant = "secondary", className = "", ...rest }: ButtonLinkProps) {
  return <Link prefetch={false} {...rest} className={`${shared} ${looks[variant]} ${className}`} />;
}
