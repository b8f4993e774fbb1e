import { act, cleanup, render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import type { ReactNode } from "react";
import { hydrateRoot, type Root } from "react-dom/client";
import { renderToString } from "react-dom/server";
import { afterEach, describe, expect, it, vi } from "vitest";
import { PasswordProof } from "@/app/_account/password-proof";
import { PasswordAgain } from "@/app/_account/sign-in-again";
import { holdForeignElements } from "@/app/_ui/foreign-elements";
import { ResetPassword } from "@/app/(auth)/reset-password/reset-password";
import { SignIn } from "@/app/(auth)/sign-in/sign-in";
import { SignUp } from "@/app/(auth)/sign-up/sign-up";
import { ConfirmAddress } from "@/app/(auth)/verify-email/confirm-address";

const nothing = () => undefined;
const offered = { next: "/tasks", providers: [], links: null };

/** Every form with a password that stands in the HTML of the server. */
const pages: [page: string, node: ReactNode][] = [
  ["/sign-in", <SignIn key="1" {...offered} hasPasskeys mustBeConfirmed={false} notice={null} />],
  ["/sign-up", <SignUp key="2" {...offered} confirmsFirst={false} />],
  ["/reset-password", <ResetPassword key="3" token="t" />],
  [
    "/verify-email",
    <ConfirmAddress key="4" token="t" ownEmail={null} isConfirmed={false} link="other" />,
  ],
];

/** Those that React makes in the browser. */
const dialogs: [dialog: string, node: ReactNode][] = [
  [
    "confirming who it is",
    <PasswordProof key="1" id="f" email="a@b.example" prove={vi.fn()} onBusy={nothing} />,
  ],
  [
    "signing in again",
    <PasswordAgain
      key="2"
      formId="f"
      email="a@b.example"
      onBusy={nothing}
      onDone={nothing}
      onSecondStep={nothing}
      onElsewhere={nothing}
    />,
  ],
];

function password(): HTMLInputElement {
  const field = document.querySelector<HTMLInputElement>("input[type=password]");
  if (!field) {
    throw new Error("There is no field for a password.");
  }
  return field;
}

function shadowHost(): Element {
  const host = document.createElement("com-1password-button");
  host.attachShadow({ mode: "open" }).append("icon");
  return host;
}

const icon = () => document.createElement("div");

const insertions: [what: string, insert: () => Element | undefined][] = [
  ["an element before the field", () => at(password(), "beforebegin", icon())],
  ["an element behind the field", () => at(password(), "afterend", icon())],
  ["a shadow host behind the field", () => at(password(), "afterend", shadowHost())],
  [
    "an element first in the field's parent",
    () => at(password().parentElement, "afterbegin", icon()),
  ],
  [
    "an element last in the field's parent",
    () => at(password().parentElement, "beforeend", icon()),
  ],
  ["an element beside the field's parent", () => at(password().parentElement, "afterend", icon())],
  ["an element first in the form", () => at(password().form, "afterbegin", icon())],
  ["a shadow host last in the form", () => at(password().form, "beforeend", shadowHost())],
];

function at(place: Element | null, where: InsertPosition, element: Element): Element {
  place?.insertAdjacentElement(where, element);
  return element;
}

let root: Root | undefined;
let container: HTMLElement | undefined;

afterEach(() => {
  act(() => root?.unmount());
  container?.remove();
  root = undefined;
});

function serve(page: ReactNode): HTMLElement {
  container = document.createElement("main");
  container.innerHTML = renderToString(page);
  document.body.append(container);
  return container;
}

/** Lets React take over, and gives what it complained of. */
async function hydrate(page: ReactNode): Promise<unknown[]> {
  const complaints: unknown[] = [];
  await act(async () => {
    root = hydrateRoot(container ?? document.body, page, {
      onRecoverableError: (error) => void complaints.push(error),
    });
  });
  return complaints;
}

describe.each(pages)("the form of %s", (_page, page) => {
  it.each(insertions)("keeps what was typed with %s, before React runs", async (_what, insert) => {
    serve(page);
    const field = password();
    field.value = "typed early";
    const element = insert();
    const neighbors = [element?.previousElementSibling, element?.nextElementSibling];
    holdForeignElements();
    expect(await hydrate(page)).toEqual([]);
    expect(password()).toBe(field);
    expect(field.value).toBe("typed early");
    expect([element?.previousElementSibling, element?.nextElementSibling]).toEqual(neighbors);
  });

  it.each(insertions)("keeps what was typed with %s, while React begins", async (_what, insert) => {
    serve(page);
    holdForeignElements();
    const field = password();
    field.value = "typed early";
    const element = insert();
    await Promise.resolve();
    expect(await hydrate(page)).toEqual([]);
    expect([password(), field.value, element?.isConnected]).toEqual([field, "typed early", true]);
  });

  it.each(insertions)("keeps what was typed with %s, once React runs", async (_what, insert) => {
    serve(page);
    holdForeignElements();
    await hydrate(page);
    const field = password();
    const element = insert();
    await userEvent.type(field, "short");
    const submit = [...document.querySelectorAll("button")].find(({ type }) => type === "submit");
    for (const button of screen.getAllByRole("button", { name: /^(Show|Hide) password$/ })) {
      await userEvent.click(button);
      await userEvent.click(button);
    }
    if (!page || field.autocomplete === "new-password") {
      await userEvent.click(submit ?? field);
    }
    expect([password(), field.value, element?.isConnected]).toEqual([field, "short", true]);
  });
});

describe.each(dialogs)("the form for %s", (_dialog, dialog) => {
  it.each(insertions)("keeps what was typed with %s", async (_what, insert) => {
    const { rerender } = render(dialog);
    const field = password();
    const element = insert();
    await userEvent.type(field, "typed");
    rerender(dialog);
    await userEvent.click(screen.getByRole("button", { name: "Show password" }));
    await userEvent.click(screen.getByRole("button", { name: "Hide password" }));
    expect([password(), field.value, element?.isConnected]).toEqual([field, "typed", true]);
    cleanup();
  });
});
