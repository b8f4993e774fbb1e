import { Prose } from "./prose";

/** A paragraph of a guide. Backticks mark code, `[words](/address)` is a link. */
export function Paragraph({ children }: { children: string }) {
  return (
    <p>
      <Prose text={children} />
    </p>
  );
}
