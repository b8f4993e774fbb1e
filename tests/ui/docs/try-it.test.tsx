import { configure, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { setupServer } from "msw/node";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Credentials } from "@/app/docs/credentials";
import { readReference } from "@/app/docs/reference";
import { requestForm } from "@/app/docs/request-form";
import { TryIt } from "@/app/docs/try-it";
import { TryItProvider } from "@/app/docs/try-it-context";
import { database } from "@/lib/db/client";
import { call } from "@/tests/support/api";
import { openTestDatabase } from "@/tests/support/database";
import { tokenFor } from "@/tests/support/tokens";
import { createUser } from "@/tests/support/users";
import { wire } from "@/tests/support/wire";

// Real handlers and a real database answer, on machines that may be busy.
configure({ asyncUtilTimeout: 15_000 });

const server = setupServer(wire);
let closeDatabase: () => Promise<void>;

beforeAll(async () => {
  closeDatabase = await openTestDatabase();
  // The first request loads the route, which takes longer than a test waits for what it shows.
  await call("GET", "/api/auth/ok");
  server.listen({ onUnhandledRequest: "error" });
});

afterAll(async () => {
  server.close();
  await closeDatabase();
});

it("sends a request with a pasted token, shows the answer and goes on with its task", async () => {
  const user = await createUser();
  const person = userEvent.setup();
  show("createTask", "completeTask");

  await person.click(screen.getByRole("radio", { name: "A pasted token" }));
  await person.click(screen.getByRole("textbox", { name: "Bearer token" }));
  await person.paste(await tokenFor(user));
  await person.click(screen.getByRole("button", { name: "Try it: Create a task, POST" }));
  await person.click(screen.getByRole("button", { name: "Send" }));

  expect(await screen.findByText(/^201/)).toBeTruthy();
  const [task] = await database().task.findMany({ where: { userId: user.id } });
  expect(screen.getByRole("group", { name: "Body of the answer" }).textContent).toContain(task?.id);
  expect(screen.getByRole("group", { name: "Headers of the answer" }).textContent).toMatch(
    /^etag: "1"$/im,
  );

  await person.click(screen.getByRole("button", { name: "Try it: Create a task, POST" }));
  await person.click(
    screen.getByRole("button", { name: "Try it: Complete or reopen a task, PATCH" }),
  );
  expect(screen.getByRole<HTMLInputElement>("textbox", { name: "id (required)" }).value).toBe(
    task?.id,
  );
});

it("asks a visitor who is not signed in to sign in or to paste a token", async () => {
  const person = userEvent.setup();
  show("listTasks");
  await person.click(screen.getByRole("button", { name: "Try it: List tasks, GET" }));
  await person.click(screen.getByRole("button", { name: "Send" }));
  const link = await screen.findByRole("link", { name: "Sign in" });
  expect(link.getAttribute("href")).toBe("/sign-in?next=/docs");
});

it("shows a refusal as it came", async () => {
  const person = userEvent.setup();
  show("listTasks");
  await person.click(screen.getByRole("radio", { name: "A pasted token" }));
  await person.type(screen.getByRole("textbox", { name: "Bearer token" }), "a.b.c");
  await person.click(screen.getByRole("button", { name: "Try it: List tasks, GET" }));
  await person.click(screen.getByRole("button", { name: "Send" }));
  expect(await screen.findByText(/^401/)).toBeTruthy();
  expect(screen.getByRole("group", { name: "Body of the answer" }).textContent).toContain(
    '"code": "invalid_token"',
  );
});

function show(...ids: string[]) {
  const operations = readReference().groups.flatMap((group) => group.operations);
  render(
    <TryItProvider>
      <Credentials />
      {operations
        .filter(({ id }) => ids.includes(id))
        .map((operation) => (
          <TryIt key={operation.id} request={requestForm(operation)} />
        ))}
    </TryItProvider>,
  );
}
