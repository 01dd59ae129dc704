ALTER TABLE "backtests" ADD COLUMN "sketch" jsonb;--> statement-breakpoint
ALTER TABLE "formulas" ADD COLUMN "tags" text[] DEFAULT '{}' NOT NULL;