import { CodeBlock } from "@/app/_ui/code-block";
import { forThisSite } from "@/app/docs/for-this-site";
import { Guide } from "@/app/docs/guide";
import { guideMetadata } from "@/app/docs/guide-metadata";
import { GuideSection } from "@/app/docs/guide-section";
import { MeaningList } from "@/app/docs/meaning-list";
import { Paragraph } from "@/app/docs/paragraph";
import { exportVersion } from "@/lib/operations/export-schema";
import { members, trashMember } from "./members";

export const metadata = guideMetadata("/docs/export");

const command = `curl -sS -f -b cookies.txt -o evo-todo.json "{{origin}}/api/auth/export-data"`;

export default function ExportPage() {
  return (
    <Guide path="/docs/export">
      <GuideSection id="get" title="Get it">
        <Paragraph>
          In the browser: [Settings → Data](/settings/data). In a script: with the cookie of a
          session, as the [quick start](/docs/quick-start#cookies) keeps it. API keys and tokens
          cannot export an account.
        </Paragraph>
        <CodeBlock label="Export with a file of cookies" code={forThisSite(command)} />
      </GuideSection>
      <GuideSection id="form" title="What is in it">
        <Paragraph>{`One JSON object, UTF-8, of version ${exportVersion}. Times are in UTC with milliseconds, as in the API.`}</Paragraph>
        <MeaningList entries={members} />
        <Paragraph>{`A task has the members that it has [in the API](/docs#schema-Task) but for \`userId\`, and \`${trashMember}\`: when it went to the trash, or null.`}</Paragraph>
      </GuideSection>
      <GuideSection id="not" title="What is not in it">
        <Paragraph>
          Nothing that signs anybody in: no password or its hash, no key, no token, no recovery code
          and no secret of an authenticator app.
        </Paragraph>
      </GuideSection>
    </Guide>
  );
}
