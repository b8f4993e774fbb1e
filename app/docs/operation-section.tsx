import { CodeBlock } from "@/app/_ui/code-block";
import { AnswerTable } from "./answer-table";
import type { Credential } from "./curl";
import { MemberTable } from "./member-table";
import { Prose } from "./prose";
import type { Operation, Parameter } from "./reference";
import { requestForm } from "./request-form";
import { TryIt } from "./try-it";

const credentials: Record<Credential, string> = {
  bearer: "Needs a bearer token.",
  session: "Goes with the cookie of a session.",
  none: "Needs no credentials.",
};

const places: Record<Parameter["place"], string> = {
  path: "Path",
  query: "Query",
  header: "Headers",
};

/** One operation: what it does, what it takes, what it answers, a command and a way to try it. */
export function OperationSection({ operation }: { operation: Operation }) {
  const { id, method, path, summary, description, body, parameters } = operation;
  return (
    <section className="mt-10 border-t border-line pt-8">
      <h3 id={id} className="text-lead font-semibold">
        {summary}
      </h3>
      <p className="mt-1 font-mono text-meta">
        <span className="font-semibold">{method}</span> {path}
      </p>
      <p className="mt-3">
        <Prose text={description} /> {credentials[operation.credential]}
      </p>
      {(["path", "query", "header"] as const).map((place) => (
        <Parameters
          key={place}
          title={places[place]}
          caption={`${places[place]} of ${summary}`}
          parameters={parameters.filter((parameter) => parameter.place === place)}
        />
      ))}
      {body && (
        <>
          <h4 className="mt-6 font-semibold">Body{body.isRequired ? "" : ", optional"}</h4>
          <MemberTable caption={`Body of ${summary}`} members={body.members} />
        </>
      )}
      <h4 className="mt-6 font-semibold">Answers</h4>
      <AnswerTable operation={operation} />
      <h4 className="mt-6 mb-3 font-semibold">Example</h4>
      <CodeBlock label={`curl for ${summary}, ${method}`} code={operation.curl} />
      <TryIt request={requestForm(operation)} />
    </section>
  );
}

function Parameters(props: { title: string; caption: string; parameters: Parameter[] }) {
  if (props.parameters.length === 0) {
    return null;
  }
  return (
    <>
      <h4 className="mt-6 font-semibold">{props.title}</h4>
      <MemberTable caption={props.caption} members={props.parameters.map(({ member }) => member)} />
    </>
  );
}
