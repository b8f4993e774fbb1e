import { expect } from "@playwright/test";

/**
 * Expects a 401 for everybody who asks later than a second from now. A request counts by when it was sent, so
 * that a busy machine, which answers late, proves nothing wrong.
 */
export async function expectRefusedWithinASecond(ask: () => Promise<Response>): Promise<void> {
  const startedAt = performance.now();
  for (;;) {
    const sentAt = performance.now();
    const { status } = await ask();
    if (status === 401) {
      return;
    }
    expect(sentAt - startedAt, `milliseconds until an answer of ${status}`).toBeLessThan(1_000);
  }
}
