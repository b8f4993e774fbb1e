import { Prose } from "./prose";

/** Short statements of equal weight, written as paragraphs are. */
export function Points({ items }: { items: string[] }) {
  return (
    <ul className="list-disc space-y-2 ps-5 marker:text-muted">
      {items.map((item) => (
        <li key={item}>
          <Prose text={item} />
        </li>
      ))}
    </ul>
  );
}
