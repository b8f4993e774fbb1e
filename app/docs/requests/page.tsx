import { CodeBlock } from "@/app/_ui/code-block";
import { forThisSite } from "@/app/docs/for-this-site";
import { Guide } from "@/app/docs/guide";
import { guideMetadata } from "@/app/docs/guide-metadata";
import { GuideSection } from "@/app/docs/guide-section";
import { Paragraph } from "@/app/docs/paragraph";
import { Points } from "@/app/docs/points";
import { trashDays } from "@/lib/operations/tasks/limits";
import { idempotencyKeyHours, idempotencyKeyLengthMax } from "@/lib/request-bounds";
import { conditionCommand, freshCommand, repeatCommand } from "./commands";

export const metadata = guideMetadata("/docs/requests");

export default function RequestsPage() {
  return (
    <Guide path="/docs/requests">
      <GuideSection id="if-match" title="Change a task as you saw it">
        <Paragraph>
          A task’s `ETag` is its `version` in quotes. Send it as `If-Match` with PUT, PATCH, DELETE
          or `/complete`, and the request holds only while the task is as you read it. Otherwise
          nothing is written, and the answer is 412 `precondition_failed` with the task as it is now
          under `current`: decide whether your change still applies, and send it with the new ETag.
        </Paragraph>
        <CodeBlock label="One of two changes wins" code={forThisSite(conditionCommand)} />
        <Paragraph>
          `If-Match: *` holds for any version. Without the header the change is made whatever the
          task has become. Either way it merges: members you leave out stay as they are, and `null`
          clears.
        </Paragraph>
      </GuideSection>
      <GuideSection id="if-none-match" title="Read only what is new">
        <Paragraph>
          `If-None-Match` with the ETag you have gets 304 without a body while it is still the right
          one, for a task as for a list.
        </Paragraph>
        <CodeBlock label="Read it again" code={forThisSite(freshCommand)} />
      </GuideSection>
      <GuideSection id="idempotency-key" title="Repeat a create">
        <Paragraph>{`A connection that breaks leaves you not knowing whether the task was made. With an \`Idempotency-Key\` you may simply send the request again: for ${idempotencyKeyHours} hours a repeat gets the first answer, marked \`Idempotency-Replayed: true\`, and makes nothing new.`}</Paragraph>
        <CodeBlock label="Make one task, twice" code={forThisSite(repeatCommand)} />
        <Points
          items={[
            `A key is 1 to ${idempotencyKeyLengthMax} visible characters, in quotes or not. Make a new one for each new task, a UUID for example. Keys of different people never clash.`,
            "The same key with another body is refused with 422 [`idempotency_key_reused`](/docs/errors#idempotency_key_reused).",
            "While the first request is still at work, a repeat is 409 [`idempotency_in_progress`](/docs/errors#idempotency_in_progress).",
          ]}
        />
      </GuideSection>
      <GuideSection id="own-ids" title="Choose the id yourself">
        <Paragraph>{`A client that works offline can name a task before the server knows it: put a UUID of your own into \`id\`, best of version 7. Sent again with the body that made it, it gets 200 and the task as it is now, even if it was edited since. With another body, or while the task is in the trash, from which it can be restored for ${trashDays} days, the answer is 409 \`conflict\`.`}</Paragraph>
      </GuideSection>
      <GuideSection id="retries" title="What may be repeated">
        <Points
          items={[
            "GET and HEAD, always.",
            "PUT, PATCH, and `/complete` with a `completed` of your own: the task ends up the same, but `version` and `updatedAt` grow again. `/complete` without a `completed` toggles.",
            "DELETE and `/restore`: the second is 404, and nothing more happens.",
            "With `If-Match`, a repeat of a change that got through is 412.",
            "A create, with a key or an id of your own.",
            "After 503 `unavailable` and 429 `rate_limited`, once the seconds of `Retry-After` have passed.",
          ]}
        />
      </GuideSection>
    </Guide>
  );
}
