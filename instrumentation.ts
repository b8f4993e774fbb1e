import type { Instrumentation } from "next";

/** Next calls this once when a server starts, before the first request. */
export async function register(): Promise<void> {
  if (
    process.env.NEXT_RUNTIME === "nodejs" &&
    process.env.NEXT_PHASE !== "phase-production-build"
  ) {
    const { startOrRefuse } = await import("@/lib/server/start-or-refuse");
    await startOrRefuse();
  }
}

/** Next calls this with what a page or a handler threw and nobody caught. */
export const onRequestError: Instrumentation.onRequestError = async (error, _request, context) => {
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { reportRequestError } = await import("@/lib/server/request-error");
    reportRequestError(error, context.routePath);
  }
};
