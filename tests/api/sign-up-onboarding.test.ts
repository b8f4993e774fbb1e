import { expect, it } from "vitest";
import { database } from "@/lib/db/client";
import { withinDeadline } from "@/lib/deadline";
import { authRoute } from "@/lib/http/auth/auth-route";
import type { CreateOnboardingTasks } from "@/lib/http/auth/sign-up";
import { exportTasks } from "@/lib/tasks/export-tasks";
import { randomAddress } from "@/tests/support/users";

it.each<[string, CreateOnboardingTasks]>([
  ["fail", () => Promise.reject(new Error("no tasks today"))],
  ["use up the time of the database", () => withinDeadline(() => new Promise(() => {}))],
])(
  "onboarding tasks that %s leave a sign-up as good as any other",
  async (_how, createOnboardingTasks) => {
    const email = randomAddress();
    const handler = authRoute({ createOnboardingTasks, exportTasks });
    const request = new Request("http://localhost:3000/api/auth/sign-up/email", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ email, password: "quiet otter reads maps", onboardingTasks: true }),
    });
    const answer = await handler(request, { params: Promise.resolve({}) });
    expect(answer.status).toBe(200);
    expect(answer.headers.getSetCookie().join()).toContain("session_token=");
    const user = await database().user.findUniqueOrThrow({
      where: { email },
      include: { sessions: true },
    });
    expect(user.sessions).toHaveLength(1);
    expect(await answer.json()).toMatchObject({
      user: { id: user.id, email, createdAt: user.createdAt.toISOString() },
    });
  },
);
