/** A task made twice with one key: the second answer is the first one again. Wants a token in `$TOKEN`. */
export const repeatCommand = `SITE="{{origin}}"
KEY=$(date +%s)-$RANDOM
for TRY in 1 2; do
  curl -sS -i "$SITE/api/tasks" \\
    -H "Authorization: Bearer $TOKEN" \\
    -H "Content-Type: application/json" \\
    -H "Idempotency-Key: $KEY" \\
    -d '{"title":"Water the plants"}'
done`;

/** A change that somebody else was faster with: the second is refused and shows the task as it is now. */
export const conditionCommand = `SITE="{{origin}}"
ID=$(curl -sS "$SITE/api/tasks" \\
  -H "Authorization: Bearer $TOKEN" \\
  -H "Content-Type: application/json" \\
  -d '{"title":"Paint the fence"}' | sed 's/.*"id":"\\([^"]*\\)".*/\\1/')
for PRIORITY in high low; do
  curl -sS -i -X PATCH "$SITE/api/tasks/$ID" \\
    -H "Authorization: Bearer $TOKEN" \\
    -H "Content-Type: application/json" \\
    -H 'If-Match: "1"' \\
    -d "{\\"priority\\":\\"$PRIORITY\\"}"
done`;

/** A task read again with the ETag of the reading before. */
export const freshCommand = `curl -sS -i "$SITE/api/tasks/$ID" \\
  -H "Authorization: Bearer $TOKEN" -H 'If-None-Match: "2"'`;
