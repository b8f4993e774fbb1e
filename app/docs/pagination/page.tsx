import { CodeBlock } from "@/app/_ui/code-block";
import { CodeFile } from "@/app/docs/code-file";
import { forThisSite } from "@/app/docs/for-this-site";
import { Guide } from "@/app/docs/guide";
import { guideMetadata } from "@/app/docs/guide-metadata";
import { GuideSection } from "@/app/docs/guide-section";
import { Paragraph } from "@/app/docs/paragraph";
import { Points } from "@/app/docs/points";
import everyTask from "@/app/docs/samples/every-task.mjs?raw";
import { pageSizeDefault, pageSizeMax, searchLengthMax } from "@/lib/operations/tasks/limits";
import { filterCommand, pageCommand, pollCommand } from "./commands";

export const metadata = guideMetadata("/docs/pagination");

export default function PaginationPage() {
  return (
    <Guide path="/docs/pagination">
      <GuideSection id="pages" title="Pages">
        <Paragraph>{`\`GET /api/tasks\` answers with \`data\`, \`count\` and \`nextCursor\`. A page holds ${pageSizeDefault} tasks, or as many as \`limit\` says, ${pageSizeMax} at most. \`count\` is the number of tasks that match, all pages together.`}</Paragraph>
        <Paragraph>
          For the next page send the same request with `cursor` set to `nextCursor`. It is null on
          the last page. The header `Link` has the whole address, as `rel="next"`.
        </Paragraph>
        <CodeBlock label="Two pages" code={forThisSite(pageCommand)} />
        <CodeFile name="every-task.mjs" code={forThisSite(everyTask)} />
        <Points
          items={[
            "A cursor marks a place, not a page number: a task that does not change while you read is neither skipped nor repeated.",
            "It belongs to you, to these filters and to this order. Altered or used elsewhere, it is refused with [`invalid_cursor`](/docs/errors#invalid_cursor): begin again without one.",
          ]}
        />
      </GuideSection>
      <GuideSection id="filters" title="Filters and order">
        <Points
          items={[
            "`status`: `all` unless you say `open` or `completed`.",
            `\`q\`: text to find in title or description, up to ${searchLengthMax} characters, every character literal, upper and lower case alike.`,
            "`priority`: `none`, `low`, `medium` or `high`.",
            "`dueAfter` and `dueBefore`: dates, both included. Tasks without a due date match neither.",
            "`sort`: `createdAt`, `updatedAt`, `dueDate`, `priority` or `title`, with `-` for descending; `-createdAt` unless you say otherwise. Tasks without a due date come last either way.",
          ]}
        />
        <CodeBlock label="High priority, due this year" code={forThisSite(filterCommand)} />
        <Paragraph>
          Each parameter counts once. A repeated or unknown one is refused with `invalid_input`, so
          that a typing error never widens a list.
        </Paragraph>
      </GuideSection>
      <GuideSection id="polling" title="Ask whether anything changed">
        <Paragraph>
          A list has an `ETag` as a task has. Send it back as `If-None-Match`: while nothing changed
          the answer is 304 without a body.
        </Paragraph>
        <CodeBlock label="Poll a list" code={forThisSite(pollCommand)} />
      </GuideSection>
    </Guide>
  );
}
