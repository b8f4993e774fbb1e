import "server-only";

/**
 * A value of which the process has one, made on first use. Next may load a module several times in
 * one process (for start-up, for pages, for route handlers); what must exist once is kept here.
 *
 * @param name unique among the uses of this function
 */
export function processWide<Value>(name: string, make: () => Value): Value {
  const shared = globalThis as typeof globalThis & { evoTodo?: Map<string, unknown> };
  shared.evoTodo ??= new Map();
  if (!shared.evoTodo.has(name)) {
    shared.evoTodo.set(name, make());
  }
  // Each name is used in one place, which gives its type.
  return shared.evoTodo.get(name) as Value;
}
