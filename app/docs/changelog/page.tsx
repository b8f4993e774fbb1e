import { Guide } from "@/app/docs/guide";
import { guideMetadata } from "@/app/docs/guide-metadata";
import { GuideSection } from "@/app/docs/guide-section";
import { Points } from "@/app/docs/points";
import changelog from "@/CHANGELOG.md?raw";
import { parseChangelog, type Release } from "./parse-changelog";

export const metadata = guideMetadata("/docs/changelog");

export default function ChangelogPage() {
  return (
    <Guide path="/docs/changelog">
      {parseChangelog(changelog).map((release) => (
        <GuideSection
          key={release.version}
          id={`version-${release.version}`}
          title={`Version ${release.version}`}
        >
          <ReleaseDate release={release} />
          {release.changes.map(({ kind, items }) => (
            <div key={kind} className="space-y-2">
              <h3 className="font-semibold">{kind}</h3>
              <Points items={items} />
            </div>
          ))}
        </GuideSection>
      ))}
    </Guide>
  );
}

function ReleaseDate({ release: { date } }: { release: Release }) {
  return (
    date && (
      <p className="text-muted">
        <time dateTime={date}>
          {new Date(date).toLocaleDateString("en-GB", { dateStyle: "long", timeZone: "UTC" })}
        </time>
      </p>
    )
  );
}
