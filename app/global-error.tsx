"use client";

import { typeface } from "@/app/_ui/typeface";
import ErrorPage from "./error";
import "./globals.css";

export default function GlobalErrorPage(props: { error: unknown; retry: () => void }) {
  return (
    <html lang="en" className={typeface}>
      <body>
        <ErrorPage {...props} />
      </body>
    </html>
  );
}
