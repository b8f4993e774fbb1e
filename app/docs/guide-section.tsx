import type { ReactNode } from "react";

/** A part of a guide under a heading that can be linked to. */
export function GuideSection(props: { id: string; title: string; children: ReactNode }) {
  return (
    <section aria-labelledby={props.id} className="mt-12 space-y-4">
      <h2 id={props.id} className="text-title font-semibold">
        {props.title}
      </h2>
      {props.children}
    </section>
  );
}
