import { expect, type Page } from "@playwright/test";

/** Puts a text into everything in which a page can keep something. */
export async function leaveTraces(page: Page, trace: string): Promise<void> {
  await page.evaluate(async (text) => {
    localStorage.setItem("trace", text);
    sessionStorage.setItem("trace", text);
    await (await caches.open("trace")).put("/trace", new Response(text));
    await new Promise((done) => {
      indexedDB.open(text).onsuccess = done;
    });
  }, trace);
}

/** Expects that none of these texts stands in anything that the browser keeps of the site. */
export async function expectNothingLeft(page: Page, traces: string[]): Promise<void> {
  const stored = await page.evaluate(async () => {
    const databases = (await indexedDB.databases()).map(({ name }) => name);
    const cached: string[] = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        cached.push(request.url, await ((await cache.match(request))?.text() ?? ""));
      }
    }
    return {
      local: { ...localStorage },
      session: { ...sessionStorage },
      history: window.history.state,
      databases,
      cached,
    };
  });
  const cookies = await page.context().cookies();
  const all = decodeURIComponent(JSON.stringify({ ...stored, cookies }));
  for (const trace of traces) {
    expect(all).not.toContain(trace);
  }
  expect(stored.databases).toEqual([]);
  expect(cookies.filter(({ name }) => name.includes("session"))).toEqual([]);
}
