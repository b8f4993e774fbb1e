import { expect, it, vi } from "vitest";

it.each([
  ["http://todo.example", 1],
  ["http://192.168.1.20:3000", 1],
  ["https://todo.example", 0],
  ["http://localhost:3000", 0],
  ["http://127.0.0.1:3000", 0],
  ["http://[::1]:3000", 0],
])("a site at %s says %i times at its start that it is on plain http", async (url, times) => {
  vi.resetModules();
  vi.stubEnv("BETTER_AUTH_URL", url);
  const { log } = await import("@/lib/log");
  const warn = vi.spyOn(log, "warn").mockImplementation(() => {});
  const { warnOfPlainHttp } = await import("@/lib/server/warn-of-plain-http");
  warnOfPlainHttp();
  expect(warn).toHaveBeenCalledTimes(times);
  for (const said of warn.mock.calls) {
    expect(said).toEqual([{ url }, expect.stringContaining("plain http")]);
  }
});
