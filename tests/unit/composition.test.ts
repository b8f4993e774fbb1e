import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const decides = "app/_ui/is-composing.ts";
const listens = /onKey(Down|Up|Press)|addEventListener\(\s*"key|tinykeys\(|onOpenChange=\{\(/;

// There it counts that any key was pressed, whatever it is for.
const heedsEveryKey = ["app/settings/keep-focus.ts", "app/tasks/_actions/use-task-actions.ts"];

const files = ["app", "lib/client"].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(folder, name)),
);
const read = (file: string) => readFileSync(file, "utf8");

it("every file that listens for keys asks whether they belong to a composition", () => {
  const listening = files.filter((file) => listens.test(read(file)));
  expect(listening).toContain("app/tasks/_composer/composer.tsx");
  expect(listening).toContain("app/_ui/dialog-popup.tsx");
  const asking = files.filter((file) => /\bisComposing\(/.test(read(file)));
  expect(listening.filter((file) => !asking.includes(file))).toEqual(heedsEveryKey);
});

it("one piece of code decides whether a key belongs to a composition", () => {
  const deciding = files.filter((file) => /\.isComposing|keyCode|\.which\b/.test(read(file)));
  expect(deciding).toEqual([decides]);
});
