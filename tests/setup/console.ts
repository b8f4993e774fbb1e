import { afterAll, afterEach } from "vitest";

const unexpected: unknown[][] = [];

// A test that expects a message spies on the console itself, which takes the place of these.
console.error = (...message: unknown[]) => unexpected.push(message);
console.warn = (...message: unknown[]) => unexpected.push(message);

afterEach(refuseMessages);
afterAll(refuseMessages);

function refuseMessages(): void {
  const messages = unexpected.splice(0);
  if (messages.length > 0) {
    const lines = messages.map((message) => message.map(String).join(" "));
    throw new Error(`The console has messages that no test expects:\n${lines.join("\n")}`);
  }
}
