import { describe, expect, it } from "vitest";
import { database } from "@/lib/db/client";
import { postAs } from "@/tests/support/api-keys";
import { problemIn } from "@/tests/support/bodies";
import { createUser, type SignedIn } from "@/tests/support/users";

describe("the profile", () => {
  it("changes one member at a time, and null leaves a preference to the browser", async () => {
    const user = await createUser();
    const all = {
      name: "Grace 🦦",
      timeZone: "Europe/Berlin",
      weekStart: "monday",
      timeFormat: "24",
      theme: "dark",
      singleKeys: false,
    };
    expect(await postAs(user, "/update-user", all)).toMatchObject({
      status: 200,
      body: { status: true },
    });
    expect(await rowOf(user)).toMatchObject({ ...all, email: user.email });
    await postAs(user, "/update-user", { theme: null, timeZone: null });
    expect(await rowOf(user)).toMatchObject({ ...all, theme: null, timeZone: null });
  });

  it.each([
    "O'Brien",
    "Anne-Marie d’Arc",
    "Jr., J. (Jim) & Sons / Co.",
    "李",
    "محمد بن سلمان",
    "Дмитрий Иванович",
    "नरेन्द्र",
    "María José Núñez",
    "X Æ A-12",
    "Null",
    "<b>Ada</b>",
    "👩‍👩‍👧‍👦",
  ])("keeps the name %s as it is", async (name) => {
    const user = await createUser();
    expect((await postAs(user, "/update-user", { name })).status).toBe(200);
    expect((await rowOf(user))?.name).toBe(name);
  });

  it.each([
    ["nothing", {}, ""],
    ["no name", { name: null }, "/name"],
    ["a name that would run", { name: " JavaScript:alert(1)" }, "/name"],
    ["a zone that is none", { timeZone: "Mars/Olympus" }, "/timeZone"],
    ["an offset as zone", { timeZone: "+02:00" }, "/timeZone"],
    ["a long zone", { timeZone: "A".repeat(1_000) }, "/timeZone"],
    ["NUL in a zone", { timeZone: "UTC\0" }, "/timeZone"],
    ["another first day", { weekStart: "friday" }, "/weekStart"],
    ["hours as a number", { timeFormat: 24 }, "/timeFormat"],
    ["an unknown theme", { theme: "blue" }, "/theme"],
    ["no choice of keys", { singleKeys: null }, "/singleKeys"],
    ["a choice of keys as text", { singleKeys: "off" }, "/singleKeys"],
    ["an operator", { theme: { set: "dark" } }, "/theme"],
    ["an address", { email: "x@example.test" }, "/email"],
    ["a confirmation", { emailVerified: true }, "/emailVerified"],
    ["an id", { id: "x" }, "/id"],
  ])("is not changed by %s", async (_name, body, pointer) => {
    const user = await createUser();
    const before = await rowOf(user);
    const answer = await postAs(user, "/update-user", body);
    expect(problemIn(answer).errors?.map((error) => error.pointer)).toEqual([pointer]);
    expect(await rowOf(user)).toEqual(before);
  });
});

function rowOf({ id }: SignedIn) {
  return database().user.findUnique({ where: { id } });
}
