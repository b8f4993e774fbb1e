import { runInThisContext } from "node:vm";
import { render, screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import type { ReactNode } from "react";
import { renderToString } from "react-dom/server";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { LazyPart } from "@/app/_ui/lazy-part";
import { WatchFiles } from "@/app/_ui/watch-files";
import ErrorPage from "@/app/error";

const file = "/_next/static/chunks/0a1b2c.js";
const reload = vi.spyOn(window.location, "reload");
const retry = vi.fn();
const asked: string[] = [];
const answers = {
  gone: () => new HttpResponse(null, { status: 404 }),
  there: () => new HttpResponse(null, { status: 200 }),
  failing: () => new HttpResponse(null, { status: 503 }),
  offline: () => HttpResponse.error(),
};
const server = setupServer();

function serve(answer: keyof typeof answers) {
  server.use(
    http.head("*/_next/static/*", ({ request }) => {
      asked.push(new URL(request.url).pathname);
      return answers[answer]();
    }),
  );
}

function missing(name = file): Error {
  const error = new Error(`Failed to load chunk ${name} from module 4711`);
  error.name = "ChunkLoadError";
  return error;
}

function button(name: string) {
  return screen.queryByRole("button", { name });
}

beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
beforeEach(() => {
  reload.mockReset().mockImplementation(() => {});
  retry.mockReset();
  sessionStorage.clear();
  asked.length = 0;
});
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

describe("a page whose file is gone", () => {
  it("reloads once, and then says so with a button that reloads it", async () => {
    serve("gone");
    const first = render(<ErrorPage error={missing()} retry={retry} />);
    await waitFor(() => expect(reload).toHaveBeenCalledOnce());
    first.unmount();

    for (const name of [file, "/_next/static/chunks/another.js"]) {
      const again = render(<ErrorPage error={missing(name)} retry={retry} />);
      await screen.findByText(/The site has a new version/);
      expect(reload).toHaveBeenCalledOnce();
      expect(button("Try again")).toBeNull();
      again.unmount();
    }

    render(<ErrorPage error={missing()} retry={retry} />);
    await userEvent.click(await screen.findByRole("button", { name: "Reload the page" }));
    expect(reload).toHaveBeenCalledTimes(2);
  });

  it("reloads for another file after a minute, and not again for the same one", async () => {
    serve("gone");
    sessionStorage.setItem("evo-todo:reloaded", `${Date.now() - 61_000} ${file}`);
    render(<ErrorPage error={missing()} retry={retry} />);
    await screen.findByRole("button", { name: "Reload the page" });
    expect(reload).not.toHaveBeenCalled();
    render(<ErrorPage error={missing("/_next/static/chunks/another.js")} retry={retry} />);
    await waitFor(() => expect(reload).toHaveBeenCalledOnce());
  });

  it("does not reload by itself where the tab cannot remember that it did", async () => {
    serve("gone");
    const refuse = () => {
      throw new Error("Storage is off.");
    };
    vi.stubGlobal("sessionStorage", { getItem: refuse, setItem: refuse, clear: () => {} });
    render(<ErrorPage error={missing()} retry={retry} />);
    await screen.findByRole("button", { name: "Reload the page" });
    expect(reload).not.toHaveBeenCalled();
    vi.unstubAllGlobals();
  });

  it.each(["there", "failing", "offline"] as const)(
    "is tried again, and never reloads by itself, while it is %s",
    async (answer) => {
      serve(answer);
      render(<ErrorPage error={missing()} retry={retry} />);
      await waitFor(() => expect(asked).toEqual([file]));
      await userEvent.click(await screen.findByRole("button", { name: "Try again" }));
      expect(retry).toHaveBeenCalledOnce();
      expect([reload.mock.calls, button("Reload the page")]).toEqual([[], null]);
    },
  );

  it("is told apart from a page that failed for another reason, for which no file is asked for", async () => {
    render(<ErrorPage error={new Error(`Failed to load chunk ${file}`)} retry={retry} />);
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect([retry.mock.calls.length, asked, reload.mock.calls]).toEqual([1, [], []]);
  });
});

describe("a part of a page whose file is gone", () => {
  async function open(): Promise<void> {
    vi.spyOn(console, "error").mockImplementation(() => {});
    const load = () => Promise.reject<{ default: () => ReactNode }>(missing());
    render(<LazyPart load={load} props={{}} onGiveUp={() => {}} />);
    await screen.findByRole("alert");
  }

  it("leaves it to the person to reload the page", async () => {
    serve("gone");
    await open();
    const again = await screen.findByRole("button", { name: "Reload the page" });
    expect([reload.mock.calls, button("Try again")]).toEqual([[], null]);
    await userEvent.click(again);
    expect(reload).toHaveBeenCalledOnce();
  });

  it("can be tried again while the network is away", async () => {
    serve("offline");
    await open();
    await waitFor(() => expect(asked).toEqual([file]));
    expect([button("Try again") === null, button("Reload the page")]).toEqual([false, null]);
  });
});

describe("a page of an older version, of which no file arrives", () => {
  function watch() {
    const script = renderToString(<WatchFiles nonce="n" />).replace(
      /^<script[^>]*>|<\/script>$/g,
      "",
    );
    runInThisContext(script);
  }

  function fail(name = file, nonce = "n") {
    const script = document.createElement("script");
    script.nonce = nonce;
    script.type = "text/plain";
    script.src = name;
    document.head.append(script);
    script.dispatchEvent(new Event("error"));
  }

  afterEach(() => {
    window.dispatchEvent(new Event("load"));
    document.getElementById("files-missing")?.remove();
  });

  it("reloads once, and then says so with a button that reloads it", async () => {
    serve("gone");
    watch();
    fail();
    await waitFor(() => expect(reload).toHaveBeenCalledOnce());
    fail();
    const again = await screen.findByRole("button", { name: "Reload the page" });
    // So does React with a press on what it does not run yet.
    const keep = (event: Event) => event.stopPropagation();
    document.addEventListener("click", keep, true);
    await userEvent.click(again);
    document.removeEventListener("click", keep, true);
    expect(reload).toHaveBeenCalledTimes(2);
  });

  it("leaves alone what is not its own file, comes later, or is there after all", async () => {
    serve("there");
    watch();
    fail("https://elsewhere.example/_next/static/a.js");
    fail("/other.js");
    fail(file, "");
    fail("/_next/static/chunks/there.js");
    await waitFor(() => expect(asked).toEqual(["/_next/static/chunks/there.js"]));
    window.dispatchEvent(new Event("load"));
    fail();
    expect([asked.length, reload.mock.calls, screen.queryByRole("alert")]).toEqual([1, [], null]);
  });
});
