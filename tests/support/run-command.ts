import { spawn } from "node:child_process";
import { once } from "node:events";

/** Runs an operators' command on the embedded database in a folder, to its end. */
export async function runCommand(program: string, folder: string) {
  const databases = { DATABASE_URL: "", DIRECT_URL: "", DATABASE_URL_UNPOOLED: "" };
  const child = spawn(process.execPath, [program], {
    env: { ...process.env, ...databases, PGLITE_DIR: folder },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output += chunk;
    });
  }
  const [code] = await once(child, "close");
  return { code, output };
}
