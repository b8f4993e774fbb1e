const account = `{"email":"ada@example.com","password":"five brown herons sleep"}`;

/** One step of the quick start: what it does, and a command for a POSIX shell with curl and sed. */
export type Step = { title: string; explanation: string; command: string };

/** From nothing to a completed task. The commands run in this order in one shell. */
export function quickStart(baseUrl: string): Step[] {
  return [
    {
      title: "Make an account",
      explanation: "The session is kept in a file of cookies. Have an account? Use sign-in/email.",
      command: `curl -c cookies.txt "${baseUrl}/api/auth/sign-up/email" \\
  -H "Content-Type: application/json" \\
  -d '${account}'`,
    },
    {
      title: "Fetch a token",
      explanation: "It is good for 15 minutes. Fetch another whenever you like.",
      command: `TOKEN=$(curl -s -b cookies.txt "${baseUrl}/api/auth/token" |
  sed 's/.*"token":"\\([^"]*\\)".*/\\1/')`,
    },
    {
      title: "Create a task",
      explanation: "The key makes a repeat harmless: it gets the first answer again.",
      command: `TASK=$(curl -s "${baseUrl}/api/tasks" \\
  -H "Authorization: Bearer $TOKEN" \\
  -H "Content-Type: application/json" \\
  -H "Idempotency-Key: lisbon-1" \\
  -d '{"title":"Book the train to Lisbon","priority":"high"}')
echo "$TASK"`,
    },
    {
      title: "List what is open",
      explanation: "Filters, order and pages are query parameters.",
      command: `curl "${baseUrl}/api/tasks?status=open&sort=dueDate" \\
  -H "Authorization: Bearer $TOKEN"`,
    },
    {
      title: "Complete it",
      explanation: "Without a body this toggles. Send a state to set it.",
      command: `ID=$(echo "$TASK" | sed 's/.*"id":"\\([^"]*\\)".*/\\1/')
curl -X PATCH "${baseUrl}/api/tasks/$ID/complete" \\
  -H "Authorization: Bearer $TOKEN" \\
  -H "Content-Type: application/json" \\
  -d '{"completed":true}'`,
    },
  ];
}
