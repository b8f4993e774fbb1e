import type { NextConfig } from "next";

const config: NextConfig = {
  output: "standalone",
  poweredByHeader: false,
  reactStrictMode: true,
  agentRules: false,
  // `npm run check` checks types, the tests' too; a build has to work without development packages.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ["@electric-sql/pglite", "pglite-prisma-adapter", "pg", "pino"],
  // Pictures are served as they are, so the optimizer and its endpoint are off.
  images: { unoptimized: true },
  headers: async () => [
    {
      source: "/:path(docs)?",
      headers: [{ key: "Link", value: '</.well-known/api-catalog>; rel="api-catalog"' }],
    },
    {
      source: "/_next/static/:path*",
      headers: [
        { key: "X-Content-Type-Options", value: "nosniff" },
        { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
        { key: "Content-Security-Policy", value: "default-src 'none'; frame-ancestors 'none'" },
      ],
    },
  ],
  // The docs show the samples and the changelog as they stand in their files.
  turbopack: { rules: { "*": { condition: { query: "?raw" }, type: "text" } } },
  outputFileTracingIncludes: { "/*": ["./prisma/migrations/**/*"] },
};

export default config;
