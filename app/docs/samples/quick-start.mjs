// From an API key to a finished task. Needs Node 20 or newer and no package.
const site = "{{origin}}";
const key = process.env.EVO_TODO_KEY ?? "";

const { token } = await call("POST", "/api/token", { headers: { "x-api-key": key } });
const headers = { Authorization: `Bearer ${token}` };

const body = { title: "Book the train to Lisbon", priority: "high" };
const task = await call("POST", "/api/tasks", { headers, body });
console.log(`Made: ${task.title}`);

const { data } = await call("GET", "/api/tasks?status=open&sort=dueDate&limit=10", { headers });
for (const open of data) {
  console.log(`Open: ${open.title}`);
}

const state = { completed: true };
const done = await call("PATCH", `/api/tasks/${task.id}/complete`, { headers, body: state });
console.log(`Completed at ${done.completedAt}`);

await call("DELETE", `/api/tasks/${task.id}`, { headers });
console.log("Deleted, and kept in the trash for a while");

async function call(method, path, { headers, body }) {
  const answer = await fetch(site + path, {
    method,
    headers: { "Content-Type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  const result = text === "" ? null : JSON.parse(text);
  if (!answer.ok) {
    throw new Error(`${result.code}: ${result.detail}`);
  }
  return result;
}
