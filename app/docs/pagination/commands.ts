/** Two pages of one task each. Like all commands of the guides it wants a token in `$TOKEN`. */
export const pageCommand = `SITE="{{origin}}"
PAGE=$(curl -sS "$SITE/api/tasks?sort=createdAt&limit=1" -H "Authorization: Bearer $TOKEN")
CURSOR=$(echo "$PAGE" | sed 's/.*"nextCursor":"\\([^"]*\\)".*/\\1/')
curl -sS "$SITE/api/tasks?sort=createdAt&limit=1&cursor=$CURSOR" \\
  -H "Authorization: Bearer $TOKEN"`;

/** A search of a list. `-G` puts the parameters, encoded, into the address. */
export const filterCommand = `SITE="{{origin}}"
YEAR=$(date +%Y)
curl -sS -G "$SITE/api/tasks" -H "Authorization: Bearer $TOKEN" \\
  --data-urlencode "q=train to" -d status=open -d priority=high \\
  -d "dueAfter=$YEAR-01-01" -d "dueBefore=$YEAR-12-31" -d sort=dueDate`;

/** A list that is asked for again and has not changed. */
export const pollCommand = `SITE="{{origin}}"
ETAG=$(curl -sS -D - -o /dev/null "$SITE/api/tasks" -H "Authorization: Bearer $TOKEN" |
  tr -d '\\r' | sed -n 's/^[Ee][Tt]ag: //p')
curl -sS -i "$SITE/api/tasks" -H "Authorization: Bearer $TOKEN" -H "If-None-Match: $ETAG"`;
