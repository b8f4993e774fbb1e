import { errorTable } from "@/lib/errors";
import { Prose } from "./prose";
import type { Answer, Operation } from "./reference";

const linkLook = "text-accent underline underline-offset-4";

/** The statuses an operation answers with, and the errors behind them. */
export function AnswerTable({ operation }: { operation: Operation }) {
  return (
    <table className="mt-3 w-full table-fixed border-collapse text-meta">
      <caption className="sr-only">Answers of {operation.summary}</caption>
      <thead>
        <tr className="border-b border-line text-muted">
          <th scope="col" className="w-16 py-2 pe-4 text-start font-medium">
            Status
          </th>
          <th scope="col" className="py-2 text-start font-medium">
            Meaning
          </th>
        </tr>
      </thead>
      <tbody>
        {operation.answers.map((answer) => (
          <tr key={answer.status} className="border-b border-line align-top">
            <th scope="row" className="py-2 pe-4 text-start font-mono font-semibold">
              {answer.status}
            </th>
            <td className="py-2">
              <Meaning answer={answer} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Meaning({ answer: { meaning, codes, schema } }: { answer: Answer }) {
  if (codes.length > 0) {
    return (
      <ul>
        {codes.map((code) => (
          <li key={code}>
            <a href={`/docs/errors#${code}`} className={`font-mono ${linkLook}`}>
              {code}
            </a>{" "}
            <span className="text-muted">{errorTable[code].title}</span>
          </li>
        ))}
      </ul>
    );
  }
  return (
    <>
      <Prose text={meaning} />{" "}
      {schema && (
        <a href={`#schema-${schema}`} className={linkLook}>
          {schema}
        </a>
      )}
    </>
  );
}
