import { CodeBlock } from "@/app/_ui/code-block";

/** A whole program that can be copied into a file of this name. */
export function CodeFile({ name, code }: { name: string; code: string }) {
  return (
    <figure>
      <figcaption className="mb-2 font-mono text-meta text-muted">{name}</figcaption>
      <CodeBlock label={name} code={code} />
    </figure>
  );
}
