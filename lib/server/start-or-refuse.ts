import "server-only";

/**
 * Prepares this process to serve, or ends it with a message that says what to do. The modules are
 * loaded inside, since a wrong setting shows itself when they are.
 */
export async function startOrRefuse(): Promise<void> {
  try {
    const { prepareServer } = await import("@/lib/server/prepare");
    await prepareServer();
  } catch (error) {
    console.error(refusal(error));
    process.exit(1);
  }
}

/** The message and its causes on one screen, and no stack. */
function refusal(error: unknown): string {
  const messages: string[] = [];
  for (let cause = error; cause instanceof Error && messages.length < 5; cause = cause.cause) {
    messages.push(cause.message);
  }
  return `\nEvo-TODO cannot start.\n\n${messages.join("\n\nBecause: ")}\n`;
}
