import { waitFor } from "@testing-library/react";
import { beforeEach, expect, it } from "vitest";
import { keepFocus } from "@/app/settings/keep-focus";

let nextFocus: HTMLButtonElement;
let passing: HTMLButtonElement;

beforeEach(() => {
  nextFocus = document.body.appendChild(document.createElement("button"));
  passing = document.body.appendChild(document.createElement("button"));
});

it("the focus comes back when what had it meanwhile is taken off the page", async () => {
  const end = keepFocus(nextFocus);
  expect(document.activeElement).toBe(nextFocus);
  passing.focus();
  passing.remove();
  await waitFor(() => expect(document.activeElement).toBe(nextFocus));
  end();
});

it("the focus is the person's own once they press something", async () => {
  keepFocus(nextFocus);
  window.dispatchEvent(new KeyboardEvent("keydown", { key: "Tab" }));
  passing.focus();
  passing.remove();
  await new Promise((drawn) => requestAnimationFrame(drawn));
  expect(document.activeElement).not.toBe(nextFocus);
});
