import { act, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ToastProvider, useToasts } from "@/app/_ui/toasts";

const undo = vi.fn();

function Page() {
  const toasts = useToasts();
  return (
    <button
      type="button"
      onClick={() =>
        toasts.show({ message: "Completed", action: { label: "Undo", onAction: undo } })
      }
    >
      Complete
    </button>
  );
}

beforeEach(() => {
  vi.useFakeTimers();
  undo.mockReset();
  render(
    <ToastProvider>
      <Page />
    </ToastProvider>,
  );
});

afterEach(() => {
  vi.useRealTimers();
});

function complete() {
  fireEvent.click(screen.getByRole("button", { name: "Complete" }));
}

function pass(milliseconds: number) {
  act(() => vi.advanceTimersByTime(milliseconds));
}

describe("a toast", () => {
  it("appears inside the one polite live region, which stood there before", () => {
    const region = screen.getByRole("region", { name: "Notifications" });
    expect(region.getAttribute("aria-live")).toBe("polite");
    expect(region.childElementCount).toBe(0);
    complete();
    expect(region.textContent).toContain("Completed");
    expect(document.querySelectorAll("[aria-live]")).toHaveLength(1);
  });

  it("stays eight seconds and then goes", () => {
    complete();
    pass(7_999);
    expect(screen.queryByText("Completed")).not.toBeNull();
    pass(1);
    expect(screen.queryByText("Completed")).toBeNull();
  });

  it.each([
    ["the pointer is over it", fireEvent.pointerEnter, fireEvent.pointerLeave],
    ["the focus is in it", fireEvent.focus, fireEvent.blur],
  ])("waits while %s, and counts anew afterwards", (_, begin, end) => {
    complete();
    const region = screen.getByRole("region", { name: "Notifications" });
    begin(region);
    pass(60_000);
    expect(screen.queryByText("Completed")).not.toBeNull();
    end(region);
    pass(7_999);
    expect(screen.queryByText("Completed")).not.toBeNull();
    pass(1);
    expect(screen.queryByText("Completed")).toBeNull();
  });

  it("runs its action once, goes, and gives the focus back", () => {
    const origin = screen.getByRole("button", { name: "Complete" });
    origin.focus();
    complete();
    const action = screen.getByRole("button", { name: "Undo" });
    act(() => action.focus());
    fireEvent.click(action);
    expect(undo).toHaveBeenCalledOnce();
    expect(screen.queryByText("Completed")).toBeNull();
    expect(document.activeElement).toBe(origin);
  });

  it("makes room for newer ones: three at most", () => {
    for (let count = 0; count < 4; count += 1) {
      complete();
    }
    expect(screen.getAllByText("Completed")).toHaveLength(3);
  });
});
