# From an API key to a finished task. Needs Python 3.8 or newer and no package.
import json
import os
import urllib.error
import urllib.request

site = "{{origin}}"
key = os.environ.get("EVO_TODO_KEY", "")


def call(method, path, headers, body=None):
    request = urllib.request.Request(
        site + path,
        method=method,
        headers={"Content-Type": "application/json", **headers},
        data=None if body is None else json.dumps(body).encode(),
    )
    try:
        with urllib.request.urlopen(request) as answer:
            return json.loads(answer.read() or "null")
    except urllib.error.HTTPError as error:
        problem = json.load(error)
        raise SystemExit(f"{problem['code']}: {problem['detail']}")


token = call("POST", "/api/token", {"x-api-key": key})["token"]
bearer = {"Authorization": f"Bearer {token}"}

draft = {"title": "Book the train to Lisbon", "priority": "high"}
task = call("POST", "/api/tasks", bearer, draft)
print(f"Made: {task['title']}")

for found in call("GET", "/api/tasks?status=open&sort=dueDate&limit=10", bearer)["data"]:
    print(f"Open: {found['title']}")

done = call("PATCH", f"/api/tasks/{task['id']}/complete", bearer, {"completed": True})
print(f"Completed at {done['completedAt']}")

call("DELETE", f"/api/tasks/{task['id']}", bearer)
print("Deleted, and kept in the trash for a while")
