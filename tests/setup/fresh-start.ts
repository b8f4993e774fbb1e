import { vi } from "vitest";

// A worker runs file after file (specs/decisions/0021). Each finds our modules unread, the
// environment and the globals as configured, and nothing that a file before it made process-wide.
vi.resetModules();
vi.unstubAllEnvs();
vi.unstubAllGlobals();
vi.useRealTimers();
Reflect.deleteProperty(globalThis, "evoTodo");
