import { CSPProvider } from "@base-ui/react/csp-provider";
import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { canvasColors } from "@/app/_ui/canvas-colors";
import { SkipLink } from "@/app/_ui/skip-link";
import { ThemeProvider } from "@/app/_ui/theme-provider";
import { ToastProvider } from "@/app/_ui/toasts";
import { typeface } from "@/app/_ui/typeface";
import { WatchFiles } from "@/app/_ui/watch-files";
import { env } from "@/lib/env";
import "./globals.css";

export const metadata: Metadata = {
  metadataBase: new URL(env.baseUrl),
  title: { default: "Evo-TODO: tasks for people and programs", template: "%s · Evo-TODO" },
  description:
    "Keep your tasks in a calm, fast list, and reach the same list from scripts with a bearer token.",
  applicationName: "Evo-TODO",
};

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  viewportFit: "cover",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: canvasColors.light },
    { media: "(prefers-color-scheme: dark)", color: canvasColors.dark },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Reading a header also makes every page dynamic, which a nonce needs.
  const nonce = (await headers()).get("x-nonce") ?? "";
  return (
    <html lang="en" className={typeface} suppressHydrationWarning>
      <head>
        <WatchFiles nonce={nonce} />
      </head>
      <body>
        <SkipLink />
        <CSPProvider disableStyleElements nonce={nonce}>
          <ThemeProvider nonce={nonce}>
            <ToastProvider>{children}</ToastProvider>
          </ThemeProvider>
        </CSPProvider>
      </body>
    </html>
  );
}
