import { features } from "@/lib/auth/features";

/** One step of the quick start: what it does, and a command for bash or zsh with curl and sed. */
export type Step = { title: string; explanation: string; command: string };

const tokenOutOfJson = `sed 's/.*"token":"\\([^"]*\\)".*/\\1/'`;
const account = `{"email":"ada@example.com","password":"five brown herons sleep"}`;

/** From an API key to a finished task. The commands run in this order in one shell. */
export const curlSteps: Step[] = [
  {
    title: "Hand over the key",
    explanation:
      "Make a key in [Settings → API keys](/settings/api-keys), run this, paste the key and press Enter. It is not shown, and stays out of the history of your shell.",
    command: `SITE="{{origin}}"
read -rs EVO_TODO_KEY && export EVO_TODO_KEY`,
  },
  {
    title: "Exchange it for a token",
    explanation:
      "The token is short-lived and carries the key’s scopes. Fetch another at any time.",
    command: `TOKEN=$(curl -sS -X POST "$SITE/api/token" \\
  -H "x-api-key: $EVO_TODO_KEY" | ${tokenOutOfJson})`,
  },
  {
    title: "Make a task",
    explanation: "The answer is the task, with an `id` of its own.",
    command: `TASK=$(curl -sS "$SITE/api/tasks" \\
  -H "Authorization: Bearer $TOKEN" \\
  -H "Content-Type: application/json" \\
  -d '{"title":"Book the train to Lisbon","priority":"high"}')
ID=$(echo "$TASK" | sed 's/.*"id":"\\([^"]*\\)".*/\\1/')
echo "$TASK"`,
  },
  {
    title: "List what is open",
    explanation: "Filters, order and pages are [query parameters](/docs/pagination).",
    command: `curl -sS "$SITE/api/tasks?status=open&sort=dueDate&limit=10" \\
  -H "Authorization: Bearer $TOKEN"`,
  },
  {
    title: "Complete it",
    explanation: "Without a body this toggles. Send a state to set it.",
    command: `curl -sS -X PATCH "$SITE/api/tasks/$ID/complete" \\
  -H "Authorization: Bearer $TOKEN" \\
  -H "Content-Type: application/json" \\
  -d '{"completed":true}'`,
  },
  {
    title: "Delete it",
    explanation: "It moves to the trash, from where `/restore` brings it back.",
    command: `curl -sS -X DELETE "$SITE/api/tasks/$ID" \\
  -H "Authorization: Bearer $TOKEN"`,
  },
];

const signUpStep: Step = {
  title: "Make an account",
  explanation:
    "The session is kept in a file of cookies. Have an account? Use `sign-in/email` with your own address.",
  command: beginAt("sign-up"),
};

const signInStep: Step = {
  title: "Sign in",
  explanation: "The session is kept in a file of cookies. Put your own address and password in.",
  command: beginAt("sign-in"),
};

function beginAt(path: "sign-up" | "sign-in"): string {
  return `SITE="{{origin}}"
curl -sS -c cookies.txt "$SITE/api/auth/${path}/email" \\
  -H "Content-Type: application/json" \\
  -d '${account}'`;
}

/** The same beginning with a password and a file of cookies in place of a key. */
export const cookieSteps: Step[] = [
  features.signUps ? signUpStep : signInStep,
  {
    title: "Fetch a token",
    explanation: "It may do all that you may do with tasks, and ends with the session.",
    command: `TOKEN=$(curl -sS -b cookies.txt "$SITE/api/auth/token" |
  ${tokenOutOfJson})
curl -sS "$SITE/api/tasks" -H "Authorization: Bearer $TOKEN"`,
  },
  {
    title: "Sign out",
    explanation: "The session and its tokens are dead from here on.",
    command: `curl -sS -X POST -b cookies.txt "$SITE/api/auth/sign-out" \\
  -H "Content-Type: application/json" -d '{}'
rm cookies.txt`,
  },
];
