// @vitest-environment happy-dom
import { cleanup, render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { ConfirmIdentityProvider } from "@/app/_account/confirm-identity";
import { Device } from "@/app/(auth)/device/device";
import { minutesAgo } from "@/app/(auth)/device/minutes-ago";

const server = setupServer();
const waiting = {
  clientId: "<b>Backup</b>",
  scopes: ["tasks:read"],
  ipAddress: "192.0.2.7",
  createdAt: new Date().toISOString(),
};

beforeAll(() => {
  server.listen({ onUnhandledRequest: "error" });
});

afterEach(() => {
  server.resetHandlers();
  cleanup();
});

afterAll(() => server.close());

function answerAt(path: string, status: number, body: object): unknown[] {
  const sent: unknown[] = [];
  server.use(
    http.post(`*/api/auth/device/${path}`, async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json(body, { status });
    }),
  );
  return sent;
}

function show(code: string) {
  render(
    <ConfirmIdentityProvider
      user={{ id: "ada", email: "ada@example.com" }}
      hasPassword
      hasPasskey={false}
      providers={[]}
    >
      <Device code={code} email="ada@example.com" />
    </ConfirmIdentityProvider>,
  );
}

async function enter(code: string) {
  const user = userEvent.setup();
  show(code);
  await user.keyboard("{Enter}");
  return user;
}

describe("the page that lets a device in", () => {
  it("takes a given code only once the person confirms it, and then asks", async () => {
    const sent = answerAt("verify", 200, waiting);
    show("BCDF-GHJK");
    expect(screen.getByLabelText<HTMLInputElement>("Code").value).toBe("BCDF-GHJK");
    expect(sent).toEqual([]);
    await userEvent.click(screen.getByRole("button", { name: "Go on" }));
    const question = await screen.findByRole("heading", { name: "Let this device in?" });
    expect(document.activeElement).toBe(question);
    expect(sent).toEqual([{ userCode: "BCDF-GHJK" }]);
  });

  it("asks for the password once more where the sign-in is not recent, and then lets it in", async () => {
    answerAt("verify", 200, waiting);
    server.use(
      http.post("*/api/auth/device/approve", () =>
        HttpResponse.json({ code: "recent_sign_in_required" }, { status: 403 }),
      ),
    );
    await enter("BCDF-GHJK");
    await userEvent.click(await screen.findByRole("button", { name: "Let it in" }));
    await userEvent.type(await screen.findByLabelText("Password"), "five brown herons sleep");
    server.use(http.post("*/api/auth/verify-password", () => HttpResponse.json({ status: true })));
    const sent = answerAt("approve", 200, { status: true });
    await userEvent.click(screen.getByRole("button", { name: "Confirm" }));
    await expect.poll(() => sent).toEqual([{ userCode: "BCDF-GHJK" }]);
  });

  it("shows the device's name as text, where it asks from, what it may do and whose account", async () => {
    answerAt("verify", 200, waiting);
    await enter("bcdfghjk");
    await screen.findByRole("heading", { name: "Let this device in?" });
    for (const fact of ["<b>Backup</b>", "192.0.2.7", "Just now", "ada@example.com"]) {
      expect(screen.getByText(fact)).toBeTruthy();
    }
    expect(screen.getAllByRole("listitem").map((item) => item.textContent)).toEqual([
      "List tasks and read each of them.",
    ]);
  });

  it.each([
    ["Let it in", "approve", "The device is in"],
    ["Refuse", "deny", "Refused"],
  ])("“%s” says so", async (button, path, outcome) => {
    answerAt("verify", 200, waiting);
    const sent = answerAt(path, 200, { status: true });
    const user = await enter("BCDF-GHJK");
    await user.click(await screen.findByRole("button", { name: button }));
    const heading = await screen.findByRole("heading", { name: outcome });
    expect(document.activeElement).toBe(heading);
    expect(sent).toEqual([{ userCode: "BCDF-GHJK" }]);
  });

  it("says beside the field that nothing waits under a code, and keeps it", async () => {
    const detail = "No device waits under this code.";
    answerAt("verify", 404, { code: "not_found", detail });
    await enter("BCDF-GHJK");
    const error = await screen.findByText(detail);
    const field = screen.getByLabelText<HTMLInputElement>("Code");
    expect(field.getAttribute("aria-describedby")?.split(" ")).toContain(error.id);
    expect(field.value).toBe("BCDF-GHJK");
  });

  it.each(["", "ABC", "BCDF-GHJK-L", "1234-5678"])("does not send “%s”", async (code) => {
    await enter(code);
    expect(await screen.findByText(/Enter the eight letters/)).toBeTruthy();
  });
});

it.each([
  [-5_000, "Just now"],
  [59_000, "Just now"],
  [60_000, "A minute ago"],
  [540_000, "9 minutes ago"],
])("what happened %i milliseconds ago is “%s”", (milliseconds, words) => {
  const now = new Date("2026-11-20T12:00:00Z");
  expect(minutesAgo(new Date(now.getTime() - milliseconds), now)).toBe(words);
});
