import { hashPassword as hashAsBetterAuth } from "better-auth/crypto";
import { describe, expect, it, vi } from "vitest";
import { hashPassword, isWeakHash, verifyPassword } from "@/lib/auth/password-hash";
import { isCommonPassword, isMadeOfContextWords } from "@/lib/auth/password-rules";

vi.unmock("node:crypto");

describe("a hash", () => {
  it("names its own cost, differs each time and fits its password only", async () => {
    const [one, other] = await Promise.all([
      hashPassword("pässwörd ☃"),
      hashPassword("pässwörd ☃"),
    ]);
    expect(one).toMatch(/^\$scrypt\$ln=17,r=8,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
    expect(one).not.toBe(other);
    expect(await verifyPassword("pässwörd ☃", one)).toBe(true);
    expect(await verifyPassword("pässwörd", one)).toBe(false);
  });

  it("is the same however the characters were composed", async () => {
    expect(
      await verifyPassword("e\u0301clair au chocolat", await hashPassword("éclair au chocolat")),
    ).toBe(true);
  });

  it("of lower cost still fits and is known to be weak", async () => {
    const weak = await hashAsBetterAuth("quiet otter reads maps");
    expect(await verifyPassword("quiet otter reads maps", weak)).toBe(true);
    expect(await verifyPassword("another password", weak)).toBe(false);
    expect(isWeakHash(weak)).toBe(true);
    expect(isWeakHash(await hashPassword("quiet otter reads maps"))).toBe(false);
  });

  it("is refused when too many wait", async () => {
    const all = await Promise.allSettled(
      Array.from({ length: 70 }, () => verifyPassword("x", "$scrypt$ln=4,r=8,p=1$AAAA$AAAA")),
    );
    const refused = all.filter(({ status }) => status === "rejected");
    expect(refused).toHaveLength(8);
    expect(refused[0]).toMatchObject({ reason: { code: "unavailable" } });
    expect(await verifyPassword("x", "$scrypt$ln=4,r=8,p=1$AAAA$AAAA")).toBe(false);
  });
});

describe("the rules", () => {
  it.each([
    "password1234",
    "QWERTY123456",
    "motherfucker",
    "password12345",
    "Welcome12345",
    "Password123!",
    "!!!iloveyou1",
    "qwertyqwerty",
    "111111111111",
    "Passwordpassword",
    "\u{ff30}assword12345",
  ])("know %s as common", async (password) => {
    expect(await isCommonPassword(password)).toBe(true);
  });

  it.each([
    "quiet otter reads maps",
    "928374659283",
    "horse81472659",
    "welcome to the moon",
    "mossymeadowmossymeadow",
    "a".repeat(12),
  ])("let %s pass", async (password) => {
    expect(await isCommonPassword(password)).toBe(false);
  });

  const ada = { email: "ada.lovelace@analytical.example", name: "Ada Lovelace" };

  it.each([
    "Evo-Todo-2026!",
    "evotodoevotodo",
    "ada.lovelace@analytical.example",
    "AdaLovelace1815",
    "lovelace lovelace",
    "analytical-123456",
  ])("refuse %s as made of own words", (password) => {
    expect(isMadeOfContextWords(password, ada)).toBe(true);
  });

  it.each(["quiet otter reads maps", "ada likes otters", "928374659283", "my evotodo password"])(
    "do not refuse %s for that",
    (password) => {
      expect(isMadeOfContextWords(password, ada)).toBe(false);
    },
  );
});
