import "server-only";
import { env } from "@/lib/env";
import type { Message } from "@/lib/mail/message";

// The colors of app/globals.css: mail programs know neither oklch() nor custom properties.
const light = {
  canvas: "#f7fbf9",
  surface: "#fefffe",
  line: "#d9e0dd",
  ink: "#1a2420",
  muted: "#545f5b",
  accent: "#0c6b4d",
  onAccent: "#f9fdfb",
};
const dark: typeof light = {
  canvas: "#131715",
  surface: "#1b211e",
  line: "#303734",
  ink: "#e7ecea",
  muted: "#a1aaa6",
  accent: "#64cba2",
  onAccent: "#071a13",
};

const fonts =
  "Inter, ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Roboto, Arial, sans-serif";
const textStyle = "margin:0 0 16px;font-size:15px;line-height:24px";
const noteStyle = `margin:0 0 12px;font-size:13px;line-height:20px;color:${light.muted}`;

/** A message as HTML that looks like the app, by inline styles and without anything from elsewhere. */
export function htmlPart(message: Message): string {
  const { subject, greeting, paragraphs, details = [], action, closing } = message;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escapeText(subject)}</title>
<style>
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  .canvas { background: ${dark.canvas} !important; }
  .surface { background: ${dark.surface} !important; border-color: ${dark.line} !important; }
  .ink { color: ${dark.ink} !important; }
  .muted { color: ${dark.muted} !important; }
  .button { background: ${dark.accent} !important; color: ${dark.onAccent} !important; }
  .link { color: ${dark.accent} !important; }
}
</style>
</head>
<body class="canvas" style="margin:0;background:${light.canvas};-webkit-text-size-adjust:100%">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" class="canvas" style="background:${light.canvas};font-family:${fonts}">
<tr><td align="center" style="padding:24px 16px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px;text-align:left">
<tr><td style="padding:0 0 16px">${logo}</td></tr>
<tr><td class="surface ink" style="padding:28px 24px 16px;background:${light.surface};border:1px solid ${light.line};border-radius:12px;color:${light.ink};overflow-wrap:anywhere">
<h1 style="margin:0 0 16px;font-size:24px;line-height:32px;font-weight:600">${escapeText(subject)}</h1>
${[greeting, ...paragraphs].map(paragraph).join("\n")}
${factTable(details)}
${action ? button(action) : ""}
${closing.map(note).join("\n")}
</td></tr>
<tr><td class="muted" style="padding:16px 0 0;font-size:13px;line-height:20px;color:${light.muted}">Evo-TODO<br>${escapeText(env.baseUrl)}</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`;
}

/** The mark is text in a colored cell, since mail programs show no SVG. */
const logo = `<table role="presentation" cellpadding="0" cellspacing="0"><tr>
<td class="button" width="28" height="28" align="center" style="width:28px;height:28px;border-radius:7px;background:${light.accent};color:${light.onAccent};font-size:18px;line-height:28px;font-weight:600" aria-hidden="true">&#10003;</td>
<td class="ink" style="padding:0 0 0 8px;font-size:18px;line-height:28px;font-weight:600;color:${light.ink}">Evo-TODO</td>
</tr></table>`;

function paragraph(text: string): string {
  return `<p style="${textStyle}">${escapeText(text)}</p>`;
}

function note(text: string): string {
  const words = escapeText(text).replaceAll(/https?:\/\/[^\s<]+/g, (address) =>
    address.startsWith(`${env.baseUrl}/`) ? link(address) : address,
  );
  return `<p class="muted" style="${noteStyle}">${words}</p>`;
}

/** A link to an address that is escaped already. */
function link(address: string): string {
  return `<a href="${address}" class="link" style="color:${light.accent}">${address}</a>`;
}

function factTable(details: [name: string, value: string][]): string {
  if (details.length === 0) {
    return "";
  }
  const rows = details.map(
    ([name, value]) =>
      `<tr><th scope="row" class="muted" style="padding:0 16px 8px 0;font-weight:400;text-align:left;vertical-align:top;white-space:nowrap;color:${light.muted}">${escapeText(name)}</th><td style="padding:0 0 8px">${escapeText(value)}</td></tr>`,
  );
  return `<table cellpadding="0" cellspacing="0" style="margin:0 0 12px;font-size:15px;line-height:24px">${rows.join("\n")}</table>`;
}

function button({ label, url }: { label: string; url: string }): string {
  const address = escapeText(url);
  return `<p style="margin:8px 0 20px"><a href="${address}" class="button" style="display:inline-block;padding:10px 20px;border-radius:8px;background:${light.accent};color:${light.onAccent};font-size:15px;line-height:24px;font-weight:500;text-decoration:none">${escapeText(label)}</a></p>
<p class="muted" style="${noteStyle}">If the button does nothing, open this address:<br><span style="word-break:break-all">${link(address)}</span></p>`;
}

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? "");
}
