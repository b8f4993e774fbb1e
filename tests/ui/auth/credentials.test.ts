import { expect, it } from "vitest";
import { checkNewPassword } from "@/app/_account/credentials";
import { passwordLengthMax, passwordLengthMin } from "@/lib/password-length";

it("the form asks for passwords of the lengths that the server takes, in code points", () => {
  const lengths = [
    passwordLengthMin - 1,
    passwordLengthMin,
    passwordLengthMax,
    passwordLengthMax + 1,
  ];
  const taken = lengths.filter((length) => checkNewPassword("🦦".repeat(length)) === undefined);
  expect(taken).toEqual([passwordLengthMin, passwordLengthMax]);
});
