-- AlterTable
ALTER TABLE "user" ADD COLUMN     "singleKeys" BOOLEAN NOT NULL DEFAULT true;
