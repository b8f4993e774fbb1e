import { env } from "@/lib/env";

/** A sample with this site's origin in it, and without the line break at its end. */
export function forThisSite(sample: string, origin = env.baseUrl): string {
  return sample.replaceAll("{{origin}}", origin).trimEnd();
}
