import { Prose } from "./prose";

/** Names of members, each with what it means. */
export function MeaningList({ entries }: { entries: { name: string; meaning: string }[] }) {
  return (
    <dl className="divide-y divide-line border-y border-line">
      {entries.map(({ name, meaning }) => (
        <div key={name} className="grid gap-x-4 py-2 sm:grid-cols-[9rem_1fr]">
          <dt className="font-mono text-meta leading-6 font-semibold">{name}</dt>
          <dd>
            <Prose text={meaning} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
