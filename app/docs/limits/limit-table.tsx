import type { Limit } from "./limit-groups";

/** Limits, one a row. */
export function LimitTable({ caption, limits }: { caption: string; limits: Limit[] }) {
  return (
    <table className="w-full border-collapse">
      <caption className="sr-only">{caption}</caption>
      <thead className="text-meta text-muted">
        <tr className="border-b border-line">
          <th scope="col" className="py-2 pe-4 text-start font-medium">
            What
          </th>
          <th scope="col" className="py-2 text-start font-medium">
            Limit
          </th>
        </tr>
      </thead>
      <tbody>
        {limits.map(({ what, bound }) => (
          <tr key={what} className="border-b border-line align-top">
            <th scope="row" className="w-3/5 py-2 pe-4 text-start font-normal">
              {what}
            </th>
            <td className="py-2 tabular-nums">{bound}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
