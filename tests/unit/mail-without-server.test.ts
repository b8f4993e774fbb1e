import { beforeEach, expect, it, vi } from "vitest";
import type { Message } from "@/lib/mail/message";

const message: Message = {
  to: "ada@example.test",
  subject: "Reset your password",
  greeting: "Hello,",
  paragraphs: [],
  action: { label: "Choose a new password", url: "http://localhost:3000/reset-password?token=t" },
  closing: [],
};

beforeEach(() => {
  vi.resetModules();
  vi.unstubAllEnvs();
  vi.stubGlobal("evoTodo", undefined);
});

it("development prints a mail with its link", async () => {
  vi.stubEnv("NODE_ENV", "development");
  vi.stubEnv("LOG_LEVEL", "error");
  const write = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  const { sendMail, settleMail } = await import("@/lib/mail/send-mail");
  sendMail(async () => message);
  await settleMail(5_000);
  const printed = write.mock.calls.map(([text]) => String(text)).join("");
  write.mockRestore();
  expect(printed).toContain("Mail to ada@example.test");
  expect(printed).toContain("http://localhost:3000/reset-password?token=t\n");
});

it("production sends nothing, and does not even find out what it would send", async () => {
  vi.stubEnv("NODE_ENV", "production");
  const write = vi.fn(async () => message);
  const { sendMail, settleMail } = await import("@/lib/mail/send-mail");
  sendMail(write);
  await settleMail(1_000);
  expect(write).not.toHaveBeenCalled();
});
