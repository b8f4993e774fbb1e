import { render, screen } from "@testing-library/react";
import { encode } from "uqr";
import { expect, it } from "vitest";
import { QrCode } from "@/app/settings/security/qr-code";

it("a QR code's drawing darkens exactly its dark modules, within a quiet zone of four", () => {
  const text = "otpauth://totp/Evo-TODO:ada%40example.com?secret=JBSWY3DPEHPK3PXP&issuer=Evo-TODO";
  render(<QrCode text={text} label="QR code" />);
  const picture = screen.getByRole("img", { name: "QR code" });
  const path = picture.querySelector("path")?.getAttribute("d") ?? "";
  const { data, size } = encode(text, { border: 4 });
  expect(picture.getAttribute("viewBox")).toBe(`0 0 ${size} ${size}`);
  const dark = [...path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)].flatMap(([, x, y, length]) =>
    Array.from({ length: Number(length) }, (_, step) => `${Number(x) + step} ${y}`),
  );
  const expected = data.flatMap((row, y) =>
    row.flatMap((isDark, x) => (isDark ? [`${x} ${y}`] : [])),
  );
  expect(dark).toEqual(expected);
  expect(expected.every((place) => place.split(" ").every((at) => Number(at) >= 4))).toBe(true);
});
