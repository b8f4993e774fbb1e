import "server-only";
import { env } from "@/lib/env";
import { cookiePrefix } from "@/lib/session-cookie";

const isSecure = env.baseUrl.startsWith("https:");

/** A cookie of ours, out of reach of scripts and other sites. */
export type SiteCookie = {
  /** The `Set-Cookie` that gives it a value of URL-safe characters. */
  set: (value: string) => string;
  /** The `Set-Cookie` that takes it away. */
  clear: string;
  /** Its value in a request, as a browser of anybody's sends it. */
  read: (headers: Headers) => string | undefined;
};

/** The cookie of a purpose. On https its name binds it to the host. */
export function siteCookie(purpose: string, lifeSeconds: number): SiteCookie {
  const name = `${cookiePrefix()}.${purpose}`;
  const attributes = `Path=/; HttpOnly; SameSite=Lax${isSecure ? "; Secure" : ""}`;
  return {
    set: (value) => `${name}=${value}; Max-Age=${lifeSeconds}; ${attributes}`,
    clear: `${name}=; Max-Age=0; ${attributes}`,
    read(headers) {
      const pairs = (headers.get("cookie") ?? "").split(";").map((pair) => pair.trim());
      return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
    },
  };
}
