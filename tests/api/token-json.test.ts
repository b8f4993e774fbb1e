import { beforeAll, describe, it } from "vitest";
import { signSegments } from "@/tests/support/sign-segments";
import { expectGood, expectInvalid } from "@/tests/support/token-answer";
import { claimsFor, publishKey } from "@/tests/support/tokens";
import { createUser, type SignedIn } from "@/tests/support/users";

let user: SignedIn;
let key: Awaited<ReturnType<typeof publishKey>>;

beforeAll(async () => {
  user = await createUser();
  key = await publishKey();
});

describe("header and payload are strict JSON in UTF-8:", () => {
  const claims = () => JSON.stringify(claimsFor(user));
  const head = () => JSON.stringify({ alg: "EdDSA", kid: key.id });
  const extra = (json: string) => claims().replace("{", `{"extra":${json},`);
  const deep = (levels: number) => `${"[".repeat(levels)}${"]".repeat(levels)}`;

  it("a claim that nobody knows, nested within bounds, does no harm", async () => {
    await expectGood(await signBytes(head(), extra(deep(31))), user);
    await expectGood(await signBytes(head(), extra('{"a":{"a":[1]},"b":"\u{1f600}"}')), user);
    await expectGood(await signBytes(` ${head()}\n`, `\t${claims()}`), user);
  });

  it.each<[string, () => [string | Buffer, string | Buffer]]>([
    ["a byte order mark before the header", () => [`\u{feff}${head()}`, claims()]],
    ["a byte order mark before the payload", () => [head(), `\u{feff}${claims()}`]],
    ["a payload in UTF-16", () => [head(), Buffer.from(claims(), "utf16le")]],
    ["a header in UTF-16", () => [Buffer.from(head(), "utf16le"), claims()]],
    ["a lone byte of UTF-8", () => [head(), withBytes(extra('"?"'), [0xff])]],
    ["an overlong slash", () => [head(), withBytes(extra('"?"'), [0xc0, 0xaf])]],
    ["half a surrogate pair in bytes", () => [head(), withBytes(extra('"?"'), [0xed, 0xa0, 0x80])]],
    ["a sequence cut off", () => [head(), withBytes(extra('"?"'), [0xe2, 0x82])]],
    ["a lone byte in the header", () => [withBytes('{"alg":"EdDSA","kid":"?"}', [0xff]), claims()]],
    ["nesting beyond bounds", () => [head(), extra(deep(32))]],
    ["nesting far beyond bounds", () => [head(), extra(deep(1_000))]],
    ["a claim twice, the last one good", () => [head(), claims().replace("{", '{"sub":"x",')]],
    ["a claim twice, the first one good", () => [head(), claims().replace(/}$/, ',"sub":"x"}')]],
    ["a claim twice, once escaped", () => [head(), claims().replace("{", '{"\\u0073ub":"x",')]],
    ["a name twice deep inside", () => [head(), extra('{"a":[{"b":1,"b":1}]}')]],
    ["a name twice in the header", () => [head().replace("{", '{"kid":"x",'), claims()]],
    ["a trailing comma", () => [head(), claims().replace(/}$/, ",}")]],
    ["a comment", () => [head(), `${claims()}/**/`]],
    ["a second value", () => [head(), `${claims()}{}`]],
    ["single quotes", () => [head(), claims().replaceAll('"', "'")]],
    ["NUL after it", () => [head(), `${claims()}\0`]],
    ["NUL after the header", () => [`${head()}\0`, claims()]],
    ["NaN", () => [head(), extra("NaN")]],
    ["a list of claims", () => [head(), `[${claims()}]`]],
    ["text", () => [head(), JSON.stringify(claims())]],
    ["null", () => [head(), "null"]],
    ["a number", () => [head(), "1"]],
    ["true as header", () => ["true", claims()]],
    ["a list as header", () => [`[${head()}]`, claims()]],
  ])("not with %s", async (_name, parts) => {
    await expectInvalid(await signBytes(...parts()));
  });
});

function signBytes(head: string | Buffer, body: string | Buffer): Promise<string> {
  const segments = [head, body].map((part) => Buffer.from(part).toString("base64url"));
  return signSegments(key, segments.join("."));
}

/** Puts bytes that are no text in the place of the question mark. */
function withBytes(text: string, bytes: number[]): Buffer {
  const [before = "", after = ""] = text.split("?");
  return Buffer.concat([Buffer.from(before), Buffer.from(bytes), Buffer.from(after)]);
}
