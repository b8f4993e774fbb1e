import type { MetadataRoute } from "next";
import { env } from "@/lib/env";

// The site's address is known when the server runs, not when it is built.
export const dynamic = "force-dynamic";

export default function robots(): MetadataRoute.Robots {
  return {
    rules: {
      userAgent: "*",
      allow: ["/", "/api/openapi.json"],
      disallow: ["/api/", "/tasks", "/settings"],
    },
    sitemap: `${env.baseUrl}/sitemap.xml`,
  };
}
