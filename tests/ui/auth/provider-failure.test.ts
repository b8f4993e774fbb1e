import { expect, it } from "vitest";
import { providerFailure } from "@/app/(auth)/provider-failure";

it("a visitor who comes back from a provider is told why in words, whatever the address says", () => {
  expect(providerFailure("sign_ups_closed", true)).toContain("takes no new accounts");
  const otherwise = "Signing in there did not work. Try again, or use another way.";
  for (const error of ["", "toString", "__proto__", "<script>"]) {
    expect(providerFailure(error, true)).toBe(otherwise);
  }
  expect(providerFailure(undefined, true)).toBeNull();
  expect(providerFailure(["a", "b"], true)).toBeNull();
});
