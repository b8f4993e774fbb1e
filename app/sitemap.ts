import type { MetadataRoute } from "next";
import { env } from "@/lib/env";

// The site's address is known when the server runs, not when it is built.
export const dynamic = "force-dynamic";

export default function sitemap(): MetadataRoute.Sitemap {
  return ["/", "/docs", "/sign-in", "/sign-up"].map((path) => ({ url: env.baseUrl + path }));
}
