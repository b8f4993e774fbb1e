import { database } from "@/lib/db/client";

/** Every row of every table as text, in which somebody may be looked for. */
export async function textOfDatabase(): Promise<string> {
  const tables = await database().$queryRaw<{ table_name: string }[]>`
    SELECT table_name FROM information_schema.tables
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`;
  const texts: string[] = [];
  for (const { table_name } of tables) {
    const rows = await database().$queryRawUnsafe<{ text: string }[]>(
      `SELECT "t"::text AS "text" FROM "${table_name}" AS "t"`,
    );
    texts.push(...rows.map((row) => row.text));
  }
  return texts.join("\n");
}
