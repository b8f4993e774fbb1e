import "server-only";
import { database } from "@/lib/db/client";
import { migrationNames } from "@/lib/db/migrate.mjs";

/** Whether the database answers and has every migration this build knows; a newer schema is fine. */
export async function isDatabaseReady(): Promise<boolean> {
  try {
    const rows = await database().$queryRaw<{ migration_name: string }[]>`
      SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`;
    const applied = new Set(rows.map((row) => row.migration_name));
    return migrationNames().every((name) => applied.has(name));
  } catch {
    return false;
  }
}
