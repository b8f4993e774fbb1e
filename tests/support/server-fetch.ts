/**
 * happy-dom's Request and Response hide from scripts what a browser does: a request's cookies and
 * origin, and the cookies that an answer sets. Route handlers need both as a server has them.
 */
export function serverRequest(Hiding: typeof Request): typeof Request {
  return class extends Hiding {
    constructor(input: RequestInfo | URL, init?: RequestInit) {
      super(input, init);
      const given = init?.headers ?? (input instanceof Hiding ? input.headers : undefined);
      new Headers(given).forEach((value, name) => {
        this.headers.set(name, value);
      });
    }

    static override [Symbol.hasInstance](value: unknown): boolean {
      return value instanceof Hiding;
    }
  };
}

/** See `serverRequest`. */
export function serverResponse(Hiding: typeof Response): typeof Response {
  return class extends Hiding {
    constructor(body?: BodyInit | null, init?: ResponseInit) {
      super(body, init);
      addCookies(this, init);
    }

    static override json(data: unknown, init?: ResponseInit): Response {
      return addCookies(Hiding.json(data, init), init);
    }

    static override [Symbol.hasInstance](value: unknown): boolean {
      return value instanceof Hiding;
    }
  };
}

function addCookies(response: Response, init: ResponseInit | undefined): Response {
  for (const cookie of new Headers(init?.headers).getSetCookie()) {
    response.headers.append("set-cookie", cookie);
  }
  return response;
}
