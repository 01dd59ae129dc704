ALTER TABLE "backtests" ADD COLUMN "title" text;--> statement-breakpoint
ALTER TABLE "backtests" ADD COLUMN "deleted_at" timestamp (3) with time zone;