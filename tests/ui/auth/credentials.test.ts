import { expect, it } from "vitest";
import { passwordLengthMax, passwordLengthMin } from "@/app/(auth)/credentials";
import * as server from "@/lib/auth/password-rules";

it("the form asks for passwords of the lengths that the server takes", () => {
  expect([passwordLengthMin, passwordLengthMax]).toEqual([
    server.passwordLengthMin,
    server.passwordLengthMax,
  ]);
});
