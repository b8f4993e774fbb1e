import { Guide } from "@/app/docs/guide";
import { guideMetadata } from "@/app/docs/guide-metadata";
import { GuideSection } from "@/app/docs/guide-section";
import { Paragraph } from "@/app/docs/paragraph";
import { limitGroups } from "./limit-groups";
import { LimitTable } from "./limit-table";

export const metadata = guideMetadata("/docs/limits");

export default function LimitsPage() {
  return (
    <Guide path="/docs/limits">
      <div className="mt-4">
        <Paragraph>
          These are the numbers of this site. Its operator may have set some of them.
        </Paragraph>
      </div>
      {limitGroups.map(({ id, title, note, limits }) => (
        <GuideSection key={id} id={id} title={title}>
          <Paragraph>{note}</Paragraph>
          <LimitTable caption={title} limits={limits} />
        </GuideSection>
      ))}
    </Guide>
  );
}
