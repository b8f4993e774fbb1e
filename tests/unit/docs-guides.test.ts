import { existsSync } from "node:fs";
import { join } from "node:path";
import type { ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { errorCodes } from "@/app/docs/error-codes";
import { type GuidePath, guides } from "@/app/docs/guides";

const paths = guides.map(({ path }) => path);

it.each(paths)("%s has no id twice", async (path) => {
  const ids = idsIn(await render(path));
  expect(new Set(ids).size).toBe(ids.length);
});

it.each(paths)("every link of %s leads to something that exists", async (path) => {
  const links = await linksOf(path);
  expect(links.length).toBeGreaterThan(guides.length);
  const dead = await Promise.all(links.map(async (link) => ((await exists(link)) ? [] : [link])));
  expect(dead.flat()).toEqual([]);
});

it.each(paths)("%s marks itself, and nothing else, as where one is", async (path) => {
  const html = await render(path);
  const marked = [...html.matchAll(/<a href="([^"]*)" aria-current="page"/g)];
  expect(new Set(marked.map(([, href]) => href))).toEqual(new Set([path]));
});

it.each(paths)("%s shows no placeholder and no mark of the markup", async (path) => {
  const text = (await render(path)).replaceAll(/<pre.*?<\/pre>/gs, "").replaceAll(/<[^>]*>/g, "");
  expect(text).not.toMatch(/\{\{|`|\*\*|\]\(/);
});

it("the errors have an entry for every code", async () => {
  expect(idsIn(await render("/docs/errors"))).toEqual(expect.arrayContaining(errorCodes));
});

const rendered = new Map<string, Promise<string>>();

function render(path: string): Promise<string> {
  const html = rendered.get(path) ?? renderPage(path);
  rendered.set(path, html);
  return html;
}

async function renderPage(path: string): Promise<string> {
  const { default: page }: { default: () => ReactElement } = await import(
    join(process.cwd(), "app", path, "page.tsx")
  );
  return renderToStaticMarkup(page());
}

async function linksOf(path: GuidePath): Promise<string[]> {
  const html = await render(path);
  return [...html.matchAll(/<a [^>]*href="(\/[^"]*)"/g)].map(([, href = ""]) => href);
}

function idsIn(html: string): string[] {
  return [...html.matchAll(/ id="([^"]+)"/g)].map(([, id = ""]) => id);
}

async function exists(link: string): Promise<boolean> {
  const [path = "", fragment] = link.split("#");
  const isPage = [`app${path}`, `app/(auth)${path}`].some((folder) =>
    ["page.tsx", "route.ts"].some((file) => existsSync(join(folder, file))),
  );
  return isPage && (fragment === undefined || idsIn(await render(path)).includes(fragment));
}
