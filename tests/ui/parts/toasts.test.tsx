import { act, fireEvent, render, screen, within } from "@testing-library/react";
import { useRef } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ToastProvider, useToasts } from "@/app/_ui/toasts";

const undo = vi.fn();

function Page() {
  const toasts = useToasts();
  const last = useRef({ id: 0, count: 0 });

  function complete() {
    last.current.count += 1;
    const message = `Completed ${last.current.count}`;
    last.current.id = toasts.show({ message, action: { label: "Undo", onAction: undo } });
  }

  return (
    <>
      <button type="button" onClick={complete}>
        Complete
      </button>
      <button
        type="button"
        onClick={() => toasts.show({ message: "2 completed" }, last.current.id)}
      >
        Say more
      </button>
      <button
        type="button"
        onClick={() => toasts.show({ message: "The server could not be reached.", tone: "error" })}
      >
        Fail
      </button>
      <button type="button" onClick={() => toasts.dismiss(last.current.id)}>
        Take back
      </button>
    </>
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

function region() {
  return screen.getByRole("region", { name: "Notifications" });
}

function pass(milliseconds: number) {
  act(() => vi.advanceTimersByTime(milliseconds));
}

describe("a toast", () => {
  it("appears inside the one polite live region, which stood there before", () => {
    const live = within(region()).getByRole("status");
    expect(live.getAttribute("aria-live")).toBe("polite");
    expect(live.childElementCount).toBe(0);
    complete();
    expect(live.textContent).toContain("Completed 1");
    expect(document.querySelectorAll("[aria-live]")).toHaveLength(1);
  });

  it("stays eight seconds and then goes", () => {
    complete();
    pass(7_999);
    expect(screen.queryByText("Completed 1")).not.toBeNull();
    pass(1);
    expect(screen.queryByText("Completed 1")).toBeNull();
  });

  it.each([
    {
      where: "the pointer is over it",
      begin: () => fireEvent.pointerEnter(region()),
      end: () => fireEvent.pointerLeave(region()),
    },
    {
      where: "the focus is in it",
      begin: () => act(() => screen.getByRole("button", { name: "Undo" }).focus()),
      end: () => act(() => screen.getByRole("button", { name: "Complete" }).focus()),
    },
  ])("waits while $where, and starts counting again afterwards", ({ begin, end }) => {
    complete();
    begin();
    pass(60_000);
    expect(screen.queryByText("Completed 1")).not.toBeNull();
    end();
    pass(7_999);
    expect(screen.queryByText("Completed 1")).not.toBeNull();
    pass(1);
    expect(screen.queryByText("Completed 1")).toBeNull();
  });

  it("runs its action once, goes, and gives the focus back", () => {
    const origin = screen.getByRole("button", { name: "Complete" });
    origin.focus();
    complete();
    const action = screen.getByRole("button", { name: "Undo" });
    act(() => action.focus());
    fireEvent.click(action);
    expect(undo).toHaveBeenCalledOnce();
    expect(screen.queryByText("Completed 1")).toBeNull();
    expect(document.activeElement).toBe(origin);
  });

  it("is cut short by no other one: each of ten stays its eight seconds", () => {
    for (let count = 1; count <= 10; count += 1) {
      complete();
      pass(700);
    }
    expect(screen.getAllByText(/^Completed/)).toHaveLength(10);
    pass(999);
    expect(screen.queryByText("Completed 1")).not.toBeNull();
    pass(1);
    expect(screen.queryByText("Completed 1")).toBeNull();
    expect(screen.getAllByText(/^Completed/)).toHaveLength(9);
  });

  it("stays eight seconds more when it says something else", () => {
    complete();
    pass(7_000);
    fireEvent.click(screen.getByRole("button", { name: "Say more" }));
    pass(7_999);
    expect(region().textContent).toContain("2 completed");
    pass(1);
    expect(region().textContent).toBe("");
  });

  it("stands once, and for eight seconds more, when the same is said again", () => {
    const again = screen.getByRole("button", { name: "Fail" });
    fireEvent.click(again);
    pass(7_000);
    fireEvent.click(again);
    pass(7_000);
    expect(screen.getAllByText("The server could not be reached.")).toHaveLength(1);
  });

  it("gives the focus back also when it is taken away from under it", () => {
    const origin = screen.getByRole("button", { name: "Take back" });
    origin.focus();
    complete();
    act(() => screen.getByRole("button", { name: "Undo" }).focus());
    fireEvent.click(origin);
    expect(region().textContent).toBe("");
    expect(document.activeElement).toBe(origin);
  });
});
