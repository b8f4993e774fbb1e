import fc from "fast-check";
import { expect, it } from "vitest";
import { taskIn } from "@/tests/support/bodies";
import { taskOwner } from "@/tests/support/task-owner";

const naughtyTexts = {
  "bidirectional overrides": "\u202eevil\u202c \u2066isolated\u2069 \u200f\u200e",
  "zero-width characters": "a\u200bb\u200cc\u200dd\u2060e\u00adf",
  "a byte order mark within": "a\ufeffb",
  "combining marks": `Z${"\u0300\u0351\u035c".repeat(60)}algo`,
  "two spellings of one letter": "\u00e9 e\u0301",
  "4-byte characters": "😀👩‍👩‍👧‍👦🏳️‍🌈𝒳𠀀",
  "non-characters": "a\ufffe\uffff\u{10ffff}b",
  "private use": "\ue000\u{f0000}",
  "control characters": "a\u0001\u0007\u0008\u001b[31m\u007f\u0085\u009fb",
  "line ends of every kind": "a\r\nb\rc\nd\u2028e\u2029f\u000bg\u000ch",
  "white space of every kind": "a\u00a0b\u1680c\u2003d\u202fe\u3000f",
  SQL: "'; DROP TABLE \"task\"; -- \\' OR 1=1 /* $1 $$ */ E'\\x'",
  "LIKE and regular expressions": "%_\\%\\_ (a+)+$ .* [^x] ^(([a-z])+.)+$",
  "template syntax": "{{7*7}} \u0024{7*7} #{7*7} <%= 7*7 %> {0} %s %n",
  markup: "<script>alert(1)</script><img src=x onerror=alert(1)>]]><!--",
  JSON: '{"__proto__":{"admin":true}} \\u0000 \\ud800',
  "numbers and nothing": "undefined null NaN -0 1e400 0x0 1/0 ٠١٢",
  "paths and shells": "../../etc/passwd %00 %2e%2e CON NUL $(touch /tmp/x) `id` | ; &",
  "letters that change length by case": "ß ẞ İ ı ŉ ﬁ Σς",
  "right-to-left": "שלום مرحبا بالعالم",
  "a hostile repetition": `${"a".repeat(200)}!`,
};

it.each(Object.entries(naughtyTexts))(
  "%s come back byte for byte, and are found",
  async (_what, text) => {
    const owner = await taskOwner();
    const made = await owner.make({ title: text, description: ` ${text}\n` });
    expect(made).toMatchObject({ title: text.trim(), description: ` ${text}\n` });
    expect(taskIn(await owner.send("GET", `/api/tasks/${made.id}`))).toEqual(made);
    const changed = await owner.send("PATCH", `/api/tasks/${made.id}`, { body: { title: text } });
    expect(taskIn(changed).title).toBe(text.trim());
    for (const sort of ["title", "-title"]) {
      const [first] = await owner.listAll({ sort, limit: "1" });
      expect(first?.description).toBe(made.description);
    }
    const q = [...text].slice(0, 200).join("");
    expect((await owner.page({ q })).count).toBe(1);
  },
);

it("any legal text comes back byte for byte", async () => {
  const owner = await taskOwner();
  const text = (maxLength: number) =>
    fc
      .string({ maxLength, unit: "binary", size: "max" })
      .filter((value) => value.isWellFormed() && !value.includes("\0"));
  await fc.assert(
    fc.asyncProperty(
      text(255).filter((value) => value.trim() !== ""),
      text(2_000),
      async (title, description) => {
        const made = await owner.make({ title, description });
        const read = taskIn(await owner.send("GET", `/api/tasks/${made.id}`));
        expect(read.title).toBe(title.trim());
        expect(read.description).toBe(description);
      },
    ),
    { numRuns: 60 },
  );
});
