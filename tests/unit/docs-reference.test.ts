import { expect, it } from "vitest";
import { readReference } from "@/app/docs/reference";
import { openApiDocument } from "@/lib/openapi/openapi-document";

const reference = readReference();
const operations = reference.groups.flatMap((group) => group.operations);

it("the reference has every operation of the document, and its answers", () => {
  const documented = Object.values(openApiDocument().paths ?? {}).flatMap((item) =>
    [item.get, item.post, item.put, item.patch, item.delete].flatMap((operation) =>
      operation ? [[operation.operationId, Object.keys(operation.responses ?? {})]] : [],
    ),
  );
  const shown = operations.map(({ id, answers }) => [id, answers.map(({ status }) => status)]);
  expect(new Map(shown.map(([id, statuses]) => [id, statuses]))).toEqual(
    new Map(documented.map(([id, statuses]) => [id, statuses])),
  );
});

it("every schema that the reference links to is on the page", () => {
  const members = [
    ...reference.schemas.flatMap((schema) => schema.members),
    ...operations.flatMap(({ parameters, body }) => [
      ...parameters.map(({ member }) => member),
      ...(body?.members ?? []),
    ]),
  ];
  const linked = [
    ...members.map(({ schema }) => schema),
    ...operations.flatMap(({ answers }) => answers.map(({ schema }) => schema)),
  ].filter((name) => name !== null);
  expect(linked.length).toBeGreaterThan(10);
  expect(reference.schemas.map(({ name }) => name)).toEqual(
    expect.arrayContaining([...new Set(linked)]),
  );
});

it("says of a parameter and a member what a caller needs", () => {
  const list = operations.find(({ id }) => id === "listTasks");
  expect(list?.parameters.find(({ name }) => name === "limit")).toEqual({
    name: "limit",
    place: "query",
    isRequired: false,
    member: {
      name: "limit",
      type: "integer from 1 to 100",
      schema: null,
      isRequired: false,
      description: "How many tasks a page holds at most.",
      example: "50",
      standard: "50",
    },
  });
  const create = operations.find(({ id }) => id === "createTask");
  expect(create?.body?.members.find(({ name }) => name === "dueDate")?.type).toBe("date or null");
});

it("gives each operation a curl command with its method, credentials and body", () => {
  const commands = new Map(operations.map(({ id, curl }) => [id, curl]));
  expect(commands.get("deleteTask")).toBe(
    `curl -X DELETE "http://localhost:3000/api/tasks/$ID" \\\n  -H "Authorization: Bearer $TOKEN"`,
  );
  expect(commands.get("signIn")).toContain("-c cookies.txt");
  expect(commands.get("getToken")).toContain("-b cookies.txt");
  expect(commands.get("patchTask")).toContain(`-d '{"priority":"low","dueDate":null}'`);
});
