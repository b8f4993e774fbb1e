import { expect, it } from "vitest";
import { checkNewPassword } from "@/app/_account/credentials";

it("the form asks for passwords of the lengths that the server takes, in code points", () => {
  const taken = [11, 12, 128, 129].filter(
    (length) => checkNewPassword("🦦".repeat(length)) === undefined,
  );
  expect(taken).toEqual([12, 128]);
});
