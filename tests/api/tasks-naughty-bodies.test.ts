import { beforeAll, describe, expect, it } from "vitest";
import { call } from "@/tests/support/api";
import { problemIn } from "@/tests/support/bodies";
import { type JsonCase, jsonCases, jsonSuite } from "@/tests/support/corpora/json-suite";
import { type TaskOwner, taskOwner } from "@/tests/support/task-owner";

/** The one text of the suite that is a task. */
const makesTask = "y_object_string_unicode";

let owner: TaskOwner;

beforeAll(async () => {
  owner = await taskOwner();
});

describe("JSONTestSuite, sent as a task,", () => {
  it("makes one of the text that is a task, and its title comes back", async () => {
    const answer = await create(...jsonSuite.filter(({ name }) => name === makesTask));
    expect(answer).toMatchObject({ status: 201, body: { title: "Полтора Землекопа" } });
  });

  it("is refused, where it is JSON, as not a task or for a repeated name", async () => {
    for (const text of jsonCases("y").filter(({ name }) => name !== makesTask)) {
      const isTwice = text.name.startsWith("y_object_duplicated_key");
      const code = isTwice ? "malformed_json" : "invalid_input";
      expect(problemIn(await create(text)), text.name).toMatchObject({ status: 400, code });
    }
  });

  it("is refused as no JSON where it is none, and as too large beyond 64 KiB", async () => {
    for (const text of jsonCases("n")) {
      const isTooLarge = text.bytes.length > 65_536;
      const [status, code] = isTooLarge ? [413, "payload_too_large"] : [400, "malformed_json"];
      expect(problemIn(await create(text)), text.name).toMatchObject({ status, code });
    }
    expect(jsonCases("n").filter(({ bytes }) => bytes.length > 65_536)).toHaveLength(2);
  });

  it("is refused cleanly where it may be either", async () => {
    for (const text of jsonCases("i")) {
      expect((await create(text)).status, text.name).toBe(400);
    }
  });

  it("leaves nothing but the one task", async () => {
    expect(await owner.listAll()).toMatchObject([{ title: "Полтора Землекопа" }]);
  });
});

it("JSONTestSuite, sent to sign in, is refused cleanly", async () => {
  for (const { name, bytes } of jsonSuite) {
    const answer = await call("POST", "/api/auth/sign-in/email", { raw: bytes });
    expect([400, 413], name).toContain(answer.status);
  }
});

function create(...[text]: JsonCase[]) {
  return owner.send("POST", "/api/tasks", { raw: text?.bytes ?? "" });
}
