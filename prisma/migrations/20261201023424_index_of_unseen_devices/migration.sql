-- DropIndex
DROP INDEX "syncDevice_userId_lastSeenAt_idx";

-- CreateIndex
CREATE INDEX "syncDevice_lastSeenAt_idx" ON "syncDevice"("lastSeenAt");
