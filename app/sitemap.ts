import type { MetadataRoute } from "next";
import { guides } from "@/app/docs/guides";
import { env } from "@/lib/env";

// The site's address is known when the server runs, not when it is built.
export const dynamic = "force-dynamic";

export default function sitemap(): MetadataRoute.Sitemap {
  const paths = ["/", "/docs", ...guides.map(({ path }) => path), "/sign-in", "/sign-up"];
  return paths.map((path) => ({ url: env.baseUrl + path }));
}
