// Lists your open tasks in a terminal. The first run asks you to let it in by
// the device flow (RFC 8628), later ones use the key that came of it.
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const site = "{{origin}}";
const client = "evo-todo-list";
const folder = join(homedir(), ".config", client);
const keyFile = join(folder, "key");

const key = await readFile(keyFile, "utf8").catch(() => "");
const token = (key && (await tokenFor(key))) || (await signIn());
const answer = await fetch(`${site}/api/tasks?status=open&sort=dueDate`, {
  headers: { Authorization: `Bearer ${token}` },
});
const { data } = await answer.json();
for (const task of data) {
  console.log(`- ${task.title}`);
}

async function tokenFor(key) {
  const answer = await fetch(`${site}/api/token`, {
    method: "POST",
    headers: { "x-api-key": key },
  });
  if (answer.status === 401) {
    await rm(keyFile);
    return null;
  }
  return (await answer.json()).token;
}

async function signIn() {
  const device = await post("/api/auth/device/code", { client_id: client, scope: "tasks:read" });
  console.log(`Open ${device.verification_uri} and enter ${device.user_code}`);
  const granted = await waitForApproval(device);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(keyFile, granted.refresh_token, { mode: 0o600 });
  return granted.access_token;
}

async function waitForApproval(device) {
  let seconds = device.interval;
  while (true) {
    await sleep(seconds * 1000);
    const answer = await post("/api/auth/device/token", {
      grant_type: "urn:ietf:params:oauth:grant-type:device_code",
      device_code: device.device_code,
      client_id: client,
    });
    if (answer.access_token) return answer;
    if (answer.error === "slow_down") seconds += 5;
    else if (answer.error !== "authorization_pending") throw new Error(answer.error_description);
  }
}

async function post(path, form) {
  return (await fetch(site + path, { method: "POST", body: new URLSearchParams(form) })).json();
}
