import type { Metadata } from "next";
import { type GuidePath, guideAt } from "./guides";

/** What search engines and browser tabs say of a guide. */
export function guideMetadata(path: GuidePath): Metadata {
  const { title, summary } = guideAt(path);
  return { title: `${title} · API`, description: summary, alternates: { canonical: path } };
}
