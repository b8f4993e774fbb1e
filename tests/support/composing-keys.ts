import { act } from "@testing-library/react";

/** What tells that a key belongs to a composition. Safari sends the key after the end of that. */
export const composingKeys: [how: string, members: KeyboardEventInit][] = [
  ["as most browsers tell it", { isComposing: true }],
  ["as Safari tells it", { keyCode: 229 }],
];

/** Presses a key that belongs to the composition of a word. */
export function pressWhileComposing(target: Element, key: string, members: KeyboardEventInit) {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...members });
  act(() => void target.dispatchEvent(event));
}
