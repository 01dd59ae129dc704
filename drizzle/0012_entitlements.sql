ALTER TABLE "organisations" ADD COLUMN "plan" text DEFAULT 'standard' NOT NULL;--> statement-breakpoint
ALTER TABLE "organisations" ADD COLUMN "entitlements" jsonb;