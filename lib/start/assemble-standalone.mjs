import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";

// What a container runs: its server, its health check, and the operators' commands.
const programs = [
  "lib/start/serve.mjs",
  "lib/start/health-check.mjs",
  "prisma/reset-password-link.mjs",
  "prisma/new-epoch.mjs",
];
// Next copies its image libraries along. Pictures are served as they are, so nothing loads them.
const unused = ["node_modules/sharp", "node_modules/@img"];

/**
 * Makes what `next build` leaves in `.next/standalone` a whole app, which is all that an image copies:
 * adds the files the browser fetches, the migrations, the embedded database's first data and the
 * programs with what they import. Takes out the image libraries, and copies of `.env` files, whose
 * values are read at start instead.
 *
 * @param {string} root the project's folder
 * @param {string} cluster the archive of the embedded database's first data
 */
export function assembleStandalone(root, cluster) {
  const standalone = join(root, ".next", "standalone");
  const parts = [".next/static", "public", "prisma/migrations", ...modulesOf(root, programs)];
  for (const part of parts.filter((path) => existsSync(join(root, path)))) {
    cpSync(join(root, part), join(standalone, part), { recursive: true });
  }
  cpSync(cluster, join(standalone, "prisma", "cluster.tar.gz"));
  const settings = readdirSync(standalone).filter((entry) => entry.startsWith(".env"));
  for (const path of [...unused, ...settings]) {
    rmSync(join(standalone, path), { recursive: true, force: true });
  }
}

/**
 * The modules of the project that some programs are made of: they themselves, and what they import
 * by a relative path. The packages are those that the app imports too.
 *
 * @param {string} root
 * @param {string[]} paths
 */
function modulesOf(root, paths) {
  const modules = new Set(paths);
  for (const path of modules) {
    const source = readFileSync(join(root, path), "utf8");
    for (const [, imported = ""] of source.matchAll(
      /^(?:import|export|\} from)\b.*"(\.[^"]+)";$/gm,
    )) {
      modules.add(join(dirname(path), imported));
    }
  }
  return [...modules];
}
