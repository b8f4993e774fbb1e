import { Prose } from "./prose";
import type { SchemaMember } from "./schema-members";

const linkLook = "text-accent underline underline-offset-4 pointer-coarse:py-3";

/** Members or parameters: name and type, what each means, its default and an example. */
export function MemberTable({ caption, members }: { caption: string; members: SchemaMember[] }) {
  return (
    <table className="mt-3 w-full table-fixed border-collapse text-meta">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr className="border-b border-line text-start text-muted">
          <th scope="col" className="w-2/5 py-2 pe-4 text-start font-medium">
            Name
          </th>
          <th scope="col" className="py-2 text-start font-medium">
            Meaning
          </th>
        </tr>
      </thead>
      <tbody>
        {members.map((member) => (
          <tr key={member.name} className="border-b border-line align-top">
            <th scope="row" className="py-3 pe-4 text-start font-normal">
              <code className="font-mono font-semibold">{member.name}</code>
              {member.isRequired && <span className="text-muted"> required</span>}
              <span className="mt-1 block text-muted">
                <MemberType member={member} />
              </span>
            </th>
            <td className="py-3">
              <Prose text={member.description} />
              {member.standard !== null && (
                <span className="mt-1 block text-muted">Default: {member.standard}</span>
              )}
              {member.example !== null && (
                <span className="mt-1 block text-muted">Example: {member.example}</span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function MemberType({ member: { schema, type } }: { member: SchemaMember }) {
  if (schema) {
    return (
      <a href={`#schema-${schema}`} className={linkLook}>
        {type}
      </a>
    );
  }
  return type.split(" | ").map((choice, index) => (
    <span key={choice}>
      {index > 0 && " | "}
      <span className="inline-block">{choice}</span>
    </span>
  ));
}
