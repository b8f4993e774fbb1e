import type { Answer } from "@/tests/support/api";

/** The cookies of a browser over several requests. */
export type CookieJar = {
  /** The `Cookie` header, if there is any. */
  headers: () => Record<string, string>;
  /** Takes what an answer sets, and drops what it takes away. */
  keep: (answer: Pick<Answer, "headers">) => void;
  names: () => string[];
};

/** A browser with the given `Cookie` header to begin with. */
export function createCookieJar(first = ""): CookieJar {
  const cookies = new Map<string, string>();

  function put(pair: string): void {
    const [name = "", ...value] = pair.trim().split("=");
    if (name !== "") {
      cookies.set(name, value.join("="));
    }
  }

  first.split(";").forEach(put);
  return {
    headers() {
      const pairs = [...cookies].map(([name, value]) => `${name}=${value}`);
      return pairs.length > 0 ? { Cookie: pairs.join("; ") } : {};
    },
    keep({ headers }) {
      for (const cookie of headers.getSetCookie()) {
        const [pair = ""] = cookie.split(";");
        put(pair);
        if (/; Max-Age=0(;|$)/i.test(cookie)) {
          cookies.delete(pair.split("=")[0] ?? "");
        }
      }
    },
    names: () => [...cookies.keys()],
  };
}

/** The cookies that an answer sets, as a browser sends them back. */
export function cookiesSetBy(answer: Answer): { Cookie: string } {
  return { Cookie: decodeURIComponent(cookiePairsIn(answer).join("; ")) };
}

/** Each of them as `name=value`. */
export function cookiePairsIn({ headers }: Answer): string[] {
  return headers.getSetCookie().map((cookie) => cookie.split(";")[0] ?? "");
}
