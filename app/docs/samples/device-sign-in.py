# Lists your open tasks in a terminal. The first run asks you to let it in by
# the device flow (RFC 8628), later ones use the key that came of it.
import json
import os
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

site = "{{origin}}"
client = "evo-todo-list"
key_file = Path.home() / ".config" / client / "key"


def send(path, form=None, headers=None):
    data = None if form is None else urllib.parse.urlencode(form).encode()
    request = urllib.request.Request(site + path, data, headers or {})
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def sign_in():
    _, device = send("/api/auth/device/code", {"client_id": client, "scope": "tasks:read"})
    print(f"Open {device['verification_uri']} and enter {device['user_code']}", flush=True)
    granted = wait_for_approval(device)
    key_file.parent.mkdir(parents=True, exist_ok=True)
    with open(os.open(key_file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(granted["refresh_token"])
    return granted["access_token"]


def wait_for_approval(device):
    seconds = device["interval"]
    while True:
        time.sleep(seconds)
        status, answer = send("/api/auth/device/token", {
            "grant_type": "urn:ietf:params:oauth:grant-type:device_code",
            "device_code": device["device_code"],
            "client_id": client,
        })
        if status == 200:
            return answer
        if answer["error"] == "slow_down":
            seconds += 5
        elif answer["error"] != "authorization_pending":
            raise SystemExit(answer.get("error_description", answer["error"]))


def stored_token():
    if not key_file.exists():
        return None
    _, answer = send("/api/token", {}, {"x-api-key": key_file.read_text()})
    return answer.get("token")


token = stored_token() or sign_in()
_, page = send("/api/tasks?status=open&sort=dueDate", headers={"Authorization": f"Bearer {token}"})
for task in page["data"]:
    print(f"- {task['title']}")
