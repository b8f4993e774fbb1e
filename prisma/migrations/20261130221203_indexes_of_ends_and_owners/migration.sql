-- CreateIndex
CREATE INDEX IF NOT EXISTS "apiKey_expiresAt_idx" ON "apiKey"("expiresAt");

-- CreateIndex
CREATE INDEX IF NOT EXISTS "deviceRequest_userId_idx" ON "deviceRequest"("userId");

-- CreateIndex
CREATE INDEX IF NOT EXISTS "passkeyChallenge_userId_idx" ON "passkeyChallenge"("userId");

-- What follows is written by hand: Prisma's schema language has no word for it.

-- A visit to a provider names its person within a text of Better Auth's.
CREATE INDEX IF NOT EXISTS "verification_userId_idx" ON "verification"((substring("value" from '"userId":"([^"]*)"')));
