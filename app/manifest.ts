import type { MetadataRoute } from "next";
import { canvasColors } from "@/app/_ui/canvas-colors";

export default function manifest(): MetadataRoute.Manifest {
  return {
    name: "Evo-TODO",
    short_name: "Evo-TODO",
    description: "A calm, fast task list for people and programs.",
    start_url: "/tasks",
    display: "standalone",
    background_color: canvasColors.light,
    theme_color: canvasColors.light,
    icons: [
      { src: "/icon-192.png", sizes: "192x192", type: "image/png" },
      { src: "/icon-512.png", sizes: "512x512", type: "image/png" },
      { src: "/icon-512.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
    ],
  };
}
