"use client";

import {
  Database,
  KeyRound,
  type LucideIcon,
  MonitorSmartphone,
  ShieldCheck,
  User,
} from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";

const pages: { path: string; label: string; icon: LucideIcon }[] = [
  { path: "/settings", label: "Profile", icon: User },
  { path: "/settings/security", label: "Security", icon: ShieldCheck },
  { path: "/settings/sessions", label: "Sessions", icon: MonitorSmartphone },
  { path: "/settings/api-keys", label: "API keys", icon: KeyRound },
  { path: "/settings/data", label: "Data", icon: Database },
];

/** The pages of the settings: at the side of a wide window, in a row above a narrow one. */
export function SettingsNavigation() {
  const pathname = usePathname();
  return (
    <nav
      aria-label="Settings"
      className="max-md:border-b max-md:border-line max-md:pb-2 md:sticky md:top-22 md:self-start"
    >
      <ul className="flex flex-wrap gap-1 max-md:-mx-2.5 md:flex-col">
        {pages.map(({ path, label, icon: Icon }) => (
          <li key={path}>
            <Link
              href={path}
              prefetch={false}
              aria-current={path === pathname ? "page" : undefined}
              className="flex min-h-9 items-center gap-2 rounded-md px-2.5 text-meta font-medium text-muted transition-colors hover:bg-hover hover:text-ink aria-[current=page]:bg-hover aria-[current=page]:text-ink md:px-3 md:text-body pointer-coarse:min-h-11"
            >
              <Icon aria-hidden="true" className="size-4 max-md:hidden" strokeWidth={1.75} />
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
