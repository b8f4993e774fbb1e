import "server-only";
import { env } from "@/lib/env";
import type { Message } from "@/lib/mail/message";

/** A message as plain text, in the words of its HTML. */
export function textPart(message: Message): string {
  const { subject, greeting, paragraphs, details = [], action, closing } = message;
  const facts = details.map(([name, value]) => `${name}: ${value}`).join("\n");
  const link = action ? `${action.label}:\n${action.url}` : "";
  const signature = `-- \nEvo-TODO\n${env.baseUrl}`;
  return [subject, greeting, ...paragraphs, facts, link, ...closing, signature]
    .filter((part) => part !== "")
    .join("\n\n");
}
