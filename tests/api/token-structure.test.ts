import { CompactEncrypt, EncryptJWT, GeneralSign } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { encode, forge } from "@/tests/support/forgery";
import { signSegments } from "@/tests/support/sign-segments";
import { expectGood, expectInvalid, expectRefused } from "@/tests/support/token-answer";
import { claimsFor, publishKey } from "@/tests/support/tokens";
import { createUser, type SignedIn } from "@/tests/support/users";

let user: SignedIn;
let key: Awaited<ReturnType<typeof publishKey>>;
let good: string;
let header: string;
let payload: string;
let signature: string;

beforeAll(async () => {
  user = await createUser();
  key = await publishKey();
  good = await forge(key, { payload: claimsFor(user) });
  [header = "", payload = "", signature = ""] = good.split(".");
  await expectGood(good, user);
});

const changes: [string, () => string][] = [
  ["another first character of the signature", () => `${header}.${payload}.${other(signature)}`],
  ["another first character of the payload", () => `${header}.${other(payload)}.${signature}`],
  ["another first character of the header", () => `${other(header)}.${payload}.${signature}`],
  ["no signature", () => `${header}.${payload}.`],
  ["no signature and no dot", () => `${header}.${payload}`],
  ["no payload", () => `${header}..${signature}`],
  ["no payload and no dot", () => `${header}.${signature}`],
  ["no header", () => `.${payload}.${signature}`],
  ["no header and no dot", () => `${payload}.${signature}`],
  ["a payload between dots", () => `.${payload}.`],
  ["a payload alone", () => payload],
  ["a header alone", () => header],
  ["an empty segment more", () => `${good}.`],
  ["an empty segment before", () => `.${good}`],
  ["four segments", () => `${good}.foo`],
  ["five segments", () => `${good}.foo.bar`],
  ["itself twice", () => `${good}.${good}`],
  ["two dots between", () => `${header}..${payload}.${signature}`],
  ["another order", () => `${payload}.${header}.${signature}`],
  ["the flattened JSON form", () => JSON.stringify({ payload, protected: header, signature })],
  ["the flattened JSON form, encoded", () => encode({ payload, protected: header, signature })],
  ["percent-encoded dots", () => good.replaceAll(".", "%2E")],
  ["padding within", () => `${header}=.${payload}.${signature}`],
  ["padding at the end", () => `${good}==`],
  ["a comma and another", () => `${good},${good}`],
  ["a comma, a space and another", () => `${good}, ${good}`],
];

const garbage = ["=", "==", "    ", "####", "?", "????", "\t", "\u00a0", "~", "+", "/", "%20", "_"];

describe("a token that is good but for its form is refused", () => {
  it.each(changes)("with %s", async (_name, change) => {
    await expectRefused(change());
  });

  it.each(garbage)("with %j in a segment, even where the signature is over it", async (text) => {
    for (const segments of [
      `${header}${text}.${payload}`,
      `${text}${header}.${payload}`,
      `${header}.${text}${payload}`,
      `${header}.${payload}${text}`,
    ]) {
      await expectRefused(await signSegments(key, segments), segments);
    }
    await expectRefused(`${header}.${payload}.${text}${signature}`);
    await expectRefused(
      `${header}.${payload}.${signature.slice(0, 40)}${text}${signature.slice(40)}`,
    );
  });

  it("with the alphabet of base64 where that of base64url differs", async () => {
    const claims = { ...claimsFor(user), email: "~~~???>>>\u00ff\u00ff\u00ff@example.test" };
    const [head, body] = (await forge(key, { payload: claims })).split(".");
    expect(body).toMatch(/[-_]/);
    await expectGood(await signSegments(key, `${head}.${body}`), user);
    const plain = body?.replaceAll("-", "+").replaceAll("_", "/");
    await expectInvalid(await signSegments(key, `${head}.${plain}`));
  });

  it("with a bit that says nothing in header or payload, even where the signature is over it", async () => {
    const [head, body] = [spaced({ alg: "EdDSA", kid: key.id }), spaced(claimsFor(user))];
    await expectGood(await signSegments(key, `${head}.${body}`), user);
    await expectInvalid(await signSegments(key, `${nextLast(head)}.${body}`));
    await expectInvalid(await signSegments(key, `${head}.${nextLast(body)}`));
  });
});

describe("a token of another form is refused", () => {
  const shared = new Uint8Array(32);

  it("an encrypted one, with claims or with a good token in it", async () => {
    const direct = { alg: "dir", enc: "A256GCM", kid: key.id };
    await expectInvalid(
      await new EncryptJWT(claimsFor(user)).setProtectedHeader(direct).encrypt(shared),
    );
    const nested = new CompactEncrypt(Buffer.from(good)).setProtectedHeader({
      ...direct,
      cty: "JWT",
    });
    await expectInvalid(await nested.encrypt(shared));
  });

  it("the general JSON form, as it stands and encoded", async () => {
    const text = Buffer.from(JSON.stringify(claimsFor(user)));
    const signing = new GeneralSign(text).addSignature(key.privateKey);
    const general = await signing.setProtectedHeader({ alg: "EdDSA", kid: key.id }).sign();
    await expectRefused(JSON.stringify(general));
    await expectInvalid(encode(general));
  });

  it("one whose payload is a good token", async () => {
    await expectInvalid(await forge(key, { payload: good }));
    await expectInvalid(await forge(key, { payload: JSON.stringify(good) }));
  });
});

/** A part whose last character has bits that say nothing: white space makes its length fit. */
function spaced(part: object): string {
  const text = JSON.stringify(part);
  return encode(text + " ".repeat((4 - (text.length % 3)) % 3));
}

function nextLast(text: string): string {
  return text.slice(0, -1) + String.fromCharCode(text.charCodeAt(text.length - 1) + 1);
}

function other(segment: string): string {
  return `${segment.startsWith("X") ? "Y" : "X"}${segment.slice(1)}`;
}
