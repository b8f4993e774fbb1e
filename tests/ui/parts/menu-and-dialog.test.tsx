import { render, screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { Ellipsis } from "lucide-react";
import { useState } from "react";
import { describe, expect, it, vi } from "vitest";
import { Button } from "@/app/_ui/button";
import { Dialog } from "@/app/_ui/dialog";
import { Menu } from "@/app/_ui/menu";
import { composingKeys, pressWhileComposing } from "@/tests/support/composing-keys";

interface ConfirmationProps {
  onClose: () => void;
  autoFocus?: boolean;
}

function Confirmation({ onClose, autoFocus = false }: ConfirmationProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        Delete list
      </button>
      <Dialog
        open={open}
        onClose={() => {
          setOpen(false);
          onClose();
        }}
        title="Delete Home?"
        description="It holds 12 tasks."
        footer={<Button autoFocus={autoFocus}>Cancel</Button>}
      />
    </>
  );
}

describe("a menu", () => {
  it("is operated by keyboard alone and returns the focus", async () => {
    const rename = vi.fn();
    const remove = vi.fn();
    const user = userEvent.setup();
    render(
      <main>
        <Menu
          label="More"
          icon={Ellipsis}
          items={[
            { label: "Rename", onSelect: rename },
            { label: "Delete", onSelect: remove },
          ]}
        />
      </main>,
    );
    const trigger = screen.getByRole("button", { name: "More" });
    trigger.focus();
    await user.keyboard("{ArrowDown}");
    await screen.findByRole("menu", { name: "More" });
    expect(trigger.getAttribute("aria-expanded")).toBe("true");
    await user.keyboard("{End}{Enter}");
    await waitFor(() => expect(remove).toHaveBeenCalledOnce());
    expect(rename).not.toHaveBeenCalled();
    await waitFor(() => expect(document.activeElement).toBe(trigger));
  });
});

describe("a dialog", () => {
  it("has its title as name and its description, and starts on what it is for", async () => {
    const user = userEvent.setup();
    render(<Confirmation onClose={() => {}} />);
    await user.click(screen.getByRole("button", { name: "Delete list" }));
    const dialog = await screen.findByRole("dialog", { name: "Delete Home?" });
    expect(dialog.textContent).toContain("It holds 12 tasks.");
    const cancel = screen.getByRole("button", { name: "Cancel" });
    await waitFor(() => expect(document.activeElement).toBe(cancel));
  });

  it("closes on Escape and returns the focus", async () => {
    const onClose = vi.fn();
    const user = userEvent.setup();
    render(<Confirmation onClose={onClose} />);
    const trigger = screen.getByRole("button", { name: "Delete list" });
    await user.click(trigger);
    await screen.findByRole("dialog");
    await user.keyboard("{Escape}");
    expect(onClose).toHaveBeenCalledOnce();
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(document.activeElement).toBe(trigger);
  });

  it.each(composingKeys)("stays for an Escape that drops a word, %s", async (_how, members) => {
    const onClose = vi.fn();
    const user = userEvent.setup();
    render(<Confirmation onClose={onClose} />);
    await user.click(screen.getByRole("button", { name: "Delete list" }));
    const dialog = await screen.findByRole("dialog");
    pressWhileComposing(dialog, "Escape", members);
    expect(onClose).not.toHaveBeenCalled();
    expect(screen.queryByRole("dialog")).toBe(dialog);
  });

  it("returns the focus also where a button inside takes it by itself", async () => {
    const user = userEvent.setup();
    render(<Confirmation onClose={() => {}} autoFocus />);
    const trigger = screen.getByRole("button", { name: "Delete list" });
    await user.click(trigger);
    await screen.findByRole("dialog");
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    await waitFor(() => expect(document.activeElement).toBe(trigger));
  });
});
