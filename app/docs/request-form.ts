import type { Credential } from "./curl";
import type { Operation, Parameter } from "./reference";

/** The part of an operation that the browser needs to try it. */
export type RequestForm = {
  method: string;
  path: string;
  summary: string;
  credential: Credential;
  fields: RequestField[];
  /** The example body, or null where the operation takes none. */
  body: string | null;
};

export type RequestField = Pick<Parameter, "name" | "place" | "isRequired"> & { example: string };

/** Takes that part out of an operation. */
export function requestForm(operation: Operation): RequestForm {
  const { method, path, summary, credential, parameters, body } = operation;
  return {
    method,
    path,
    summary,
    credential,
    fields: parameters.map(({ name, place, isRequired, member }) => ({
      name,
      place,
      isRequired,
      example: member.standard ?? member.example ?? "",
    })),
    body: body?.example ?? null,
  };
}
