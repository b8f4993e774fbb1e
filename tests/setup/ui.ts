import { cleanup } from "@testing-library/react";
import { afterEach } from "vitest";

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

// The files of a worker share its window, and some need none.
if (typeof window !== "undefined") {
  document.head.replaceChildren();
  document.body.replaceChildren();
  localStorage.clear();
  sessionStorage.clear();
  for (const { name = "" } of await cookieStore.getAll()) {
    await cookieStore.delete(name);
  }
  window.history.replaceState(null, "", "/");
}

afterEach(cleanup);
