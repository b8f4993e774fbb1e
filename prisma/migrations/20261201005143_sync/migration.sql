-- Written by Prisma's schema engine, put into an order that an older process can work beside, with
-- what its language has no word for written by hand.

-- CreateTable
CREATE TABLE "syncState" (
    "userId" TEXT NOT NULL,
    "head" BIGINT NOT NULL DEFAULT 1,
    "floor" BIGINT NOT NULL DEFAULT 0,
    "epoch" UUID NOT NULL DEFAULT gen_random_uuid(),
    "liveTasks" INTEGER NOT NULL DEFAULT 0,
    "openTasks" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "syncState_pkey" PRIMARY KEY ("userId")
);

-- CreateTable
CREATE TABLE "syncDevice" (
    "userId" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "last" INTEGER NOT NULL DEFAULT 0,
    "confirmed" INTEGER NOT NULL DEFAULT 0,
    "lastSeenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "syncDevice_pkey" PRIMARY KEY ("userId","id")
);

-- CreateTable
CREATE TABLE "syncResult" (
    "userId" TEXT NOT NULL,
    "deviceId" UUID NOT NULL,
    "n" INTEGER NOT NULL,
    "changeId" UUID NOT NULL,
    "result" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "syncResult_pkey" PRIMARY KEY ("userId","deviceId","n")
);

-- Tasks that stand are of the first write. New rows have no number unless their statement takes one.
-- A constant default is no work for the rows that are there.
ALTER TABLE "task" ADD COLUMN "seq" BIGINT NOT NULL DEFAULT 1;
ALTER TABLE "task" ALTER COLUMN "seq" SET DEFAULT 0;

-- Every user has an owner's row from its first moment on, whatever program makes the user.
CREATE FUNCTION "makeSyncState"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  INSERT INTO "syncState" ("userId") VALUES (NEW."id") ON CONFLICT DO NOTHING;
  RETURN NULL;
END
$$;
CREATE TRIGGER "user_makes_syncState" AFTER INSERT ON "user"
  FOR EACH ROW EXECUTE FUNCTION "makeSyncState"();

INSERT INTO "syncState" ("userId", "liveTasks", "openTasks")
SELECT "user"."id", count("task"."id"), count("task"."id") FILTER (WHERE NOT "task"."completed")
FROM "user" LEFT JOIN "task" ON "task"."userId" = "user"."id" AND "task"."deletedAt" IS NULL
GROUP BY "user"."id";

-- DropForeignKey
ALTER TABLE "idempotencyKey" DROP CONSTRAINT "idempotencyKey_userId_fkey";

-- DropForeignKey
ALTER TABLE "task" DROP CONSTRAINT "task_userId_fkey";

-- CreateIndex
CREATE INDEX "syncDevice_userId_lastSeenAt_idx" ON "syncDevice"("userId", "lastSeenAt");

-- CreateIndex
CREATE UNIQUE INDEX "syncResult_userId_deviceId_changeId_key" ON "syncResult"("userId", "deviceId", "changeId");

-- CreateIndex
CREATE INDEX "task_userId_seq_id_idx" ON "task"("userId", "seq", "id");

-- AddForeignKey
ALTER TABLE "syncState" ADD CONSTRAINT "syncState_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "syncDevice" ADD CONSTRAINT "syncDevice_userId_fkey" FOREIGN KEY ("userId") REFERENCES "syncState"("userId") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "syncResult" ADD CONSTRAINT "syncResult_userId_deviceId_fkey" FOREIGN KEY ("userId", "deviceId") REFERENCES "syncDevice"("userId", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "task" ADD CONSTRAINT "task_userId_fkey" FOREIGN KEY ("userId") REFERENCES "syncState"("userId") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "idempotencyKey" ADD CONSTRAINT "idempotencyKey_userId_fkey" FOREIGN KEY ("userId") REFERENCES "syncState"("userId") ON DELETE CASCADE ON UPDATE NO ACTION;

-- What follows serves programs that write tasks without a number: an older process of the app, or
-- a script. Their rows are marked with 0, and numbered and counted when their transaction ends.
-- The app's own statements take a number themselves, and these triggers let them pass.
CREATE FUNCTION "markUnnumbered"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  NEW."seq" := 0;
  RETURN NEW;
END
$$;
CREATE TRIGGER "task_mark_unnumbered" BEFORE UPDATE ON "task"
  FOR EACH ROW WHEN (NEW."seq" = OLD."seq") EXECUTE FUNCTION "markUnnumbered"();

CREATE FUNCTION "numberTasks"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  "number" BIGINT;
BEGIN
  -- The first row of a transaction numbers all of them.
  IF (SELECT "seq" FROM "task" WHERE "userId" = NEW."userId" AND "id" = NEW."id") IS DISTINCT FROM 0 THEN
    RETURN NULL;
  END IF;
  UPDATE "syncState" SET "head" = "head" + 1 WHERE "userId" = NEW."userId" RETURNING "head" INTO "number";
  UPDATE "task" SET "seq" = "number" WHERE "userId" = NEW."userId" AND "seq" = 0;
  UPDATE "syncState" SET ("liveTasks", "openTasks") = (
    SELECT count(*), count(*) FILTER (WHERE NOT "completed") FROM "task"
    WHERE "userId" = NEW."userId" AND "deletedAt" IS NULL
  ) WHERE "userId" = NEW."userId";
  RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER "task_number" AFTER INSERT OR UPDATE ON "task"
  DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW."seq" = 0) EXECUTE FUNCTION "numberTasks"();

-- A reader who has not yet met a row that is gone for good has to begin again.
CREATE FUNCTION "noteGoneTasks"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  UPDATE "syncState" SET
    "floor" = GREATEST("floor", "gone"."seq"),
    "liveTasks" = "liveTasks" - "gone"."live",
    "openTasks" = "openTasks" - "gone"."open"
  FROM (
    SELECT "userId", max("seq") AS "seq",
      count(*) FILTER (WHERE "deletedAt" IS NULL) AS "live",
      count(*) FILTER (WHERE "deletedAt" IS NULL AND NOT "completed") AS "open"
    FROM "goneTasks" GROUP BY "userId"
  ) AS "gone"
  WHERE "syncState"."userId" = "gone"."userId"
    AND ("floor" < "gone"."seq" OR "gone"."live" > 0);
  RETURN NULL;
END
$$;
CREATE TRIGGER "task_note_gone" AFTER DELETE ON "task"
  REFERENCING OLD TABLE AS "goneTasks"
  FOR EACH STATEMENT EXECUTE FUNCTION "noteGoneTasks"();
