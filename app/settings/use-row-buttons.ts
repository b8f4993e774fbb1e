import { type RefCallback, useState } from "react";

export interface RowButtons {
  /** The ref for the button of a row. */
  keep: (id: string) => RefCallback<HTMLButtonElement>;
  of: (id: string) => HTMLButtonElement | undefined;
  /** The button of the row after, or of the one before; undefined where there is no other. */
  beside: (id: string) => HTMLButtonElement | undefined;
}

/**
 * One button of each row of a list, so that the focus has somewhere to go when a row does.
 *
 * @param ids of the rows, in their order
 */
export function useRowButtons(ids: readonly string[]): RowButtons {
  const [buttons] = useState(() => new Map<string, HTMLButtonElement>());

  function keep(id: string) {
    return (element: HTMLButtonElement | null) => {
      if (element) {
        buttons.set(id, element);
      }
      return () => {
        buttons.delete(id);
      };
    };
  }

  function beside(id: string) {
    const left = ids.filter((known) => buttons.has(known));
    const place = left.indexOf(id);
    const neighbor = left[place + 1] ?? left[place - 1];
    return neighbor === undefined ? undefined : buttons.get(neighbor);
  }

  return { keep, of: (id) => buttons.get(id), beside };
}
