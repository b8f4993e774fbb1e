import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { canvasColors } from "@/app/_ui/canvas-colors";

type Color = [red: number, green: number, blue: number];
type Theme = "light" | "dark";

const stylesheet = readFileSync("app/globals.css", "utf8");
const aaText = 4.5;
const aaControl = 3;

const pairs: [text: string, on: string[], least: number][] = [
  ["ink", ["canvas", "surface", "hover", "accent-soft", "danger-soft"], aaText],
  ["muted", ["canvas", "surface", "hover", "accent-soft", "danger-soft"], aaText],
  ["accent", ["canvas", "surface", "hover", "accent-soft"], aaText],
  ["danger", ["canvas", "surface", "hover", "danger-soft"], aaText],
  ["warning", ["canvas", "surface", "hover"], aaText],
  ["on-accent", ["accent", "accent-hover", "danger", "danger-hover"], aaText],
  ["edge", ["canvas", "surface", "hover"], aaControl],
];

describe.each<Theme>(["light", "dark"])("the %s theme", (theme) => {
  const cases = pairs.flatMap(([text, grounds, least]) =>
    grounds.map((ground) => ({ text, ground, least })),
  );

  it.each(cases)("shows $text on $ground at $least to 1 or better", ({ text, ground, least }) => {
    expect(contrast(token(text, theme), token(ground, theme))).toBeGreaterThanOrEqual(least);
  });

  it("gives the browser's own bars the color of the canvas", () => {
    expect(hex(token("canvas", theme))).toBe(canvasColors[theme]);
  });
});

/** A color of globals.css in linear sRGB. */
function token(name: string, theme: Theme): Color {
  const oklch = String.raw`oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)`;
  const found = new RegExp(`--${name}: light-dark\\(\\s*${oklch}, ${oklch}\\s*\\)`).exec(
    stylesheet,
  );
  if (!found) {
    throw new Error(`globals.css has no color --${name}.`);
  }
  const numbers = found.slice(1).map(Number);
  const [lightness = 0, chroma = 0, hue = 0] = theme === "light" ? numbers : numbers.slice(3);
  return linear(lightness, chroma, (hue * Math.PI) / 180);
}

/** OKLCH to linear sRGB, by CSS Color 4. */
function linear(lightness: number, chroma: number, hue: number): Color {
  const a = chroma * Math.cos(hue);
  const b = chroma * Math.sin(hue);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clip = (value: number) => Math.min(1, Math.max(0, value));
  return [
    clip(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    clip(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    clip(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

function luminance([red, green, blue]: Color): number {
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: Color, other: Color): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function hex(color: Color): string {
  const channels = color.map((value) => {
    const encoded = value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055;
    return Math.round(encoded * 255)
      .toString(16)
      .padStart(2, "0");
  });
  return `#${channels.join("")}`;
}
