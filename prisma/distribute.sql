-- Shards the tables of people's data over the nodes of a Citus cluster, by their owner. Run it once,
-- on the coordinator, after the migrations, while no process of the app runs and no older version of
-- it will run again: psql "$DATABASE_URL" --single-transaction -v ON_ERROR_STOP=1 -f prisma/distribute.sql
-- The accounts stay plain tables on the coordinator. specs/scale.md says when this is worth it.

-- Triggers serve programs that write tasks without a number; a sharded table has none. The app's own
-- statements number and count what they write.
DROP TRIGGER "task_mark_unnumbered" ON "task";
DROP TRIGGER "task_number" ON "task";
DROP TRIGGER "task_note_gone" ON "task";

-- A sharded table cannot refer to one on the coordinator: a trigger deletes in place of the key.
ALTER TABLE "syncState" DROP CONSTRAINT "syncState_userId_fkey";
CREATE FUNCTION "deleteSyncState"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  DELETE FROM "syncState" WHERE "userId" = OLD."id";
  RETURN NULL;
END
$$;
CREATE TRIGGER "user_deletes_syncState" AFTER DELETE ON "user"
  FOR EACH ROW EXECUTE FUNCTION "deleteSyncState"();

-- The owner's row, and what refers to it, one shard together.
SELECT create_distributed_table('"syncState"', 'userId');
SELECT create_distributed_table('"task"', 'userId', colocate_with => '"syncState"');
SELECT create_distributed_table('"idempotencyKey"', 'userId', colocate_with => '"syncState"');
SELECT create_distributed_table('"syncDevice"', 'userId', colocate_with => '"syncState"');
SELECT create_distributed_table('"syncResult"', 'userId', colocate_with => '"syncState"');
