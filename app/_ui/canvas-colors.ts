/** `--canvas` of globals.css as hex, for `theme-color` and the manifest, which take no oklch. */
export const canvasColors = { light: "#f7fbf9", dark: "#131715" };
