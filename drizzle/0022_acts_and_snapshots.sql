ALTER TABLE "versions" ALTER COLUMN "number" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "audit_log" ADD COLUMN "actor_kind" text;--> statement-breakpoint
ALTER TABLE "audit_log" ADD COLUMN "actor_name" text;--> statement-breakpoint
CREATE INDEX "versions_content" ON "versions" USING btree ("formula_id","content_hash");--> statement-breakpoint
-- By hand from here. What was taken by itself for a run is no version: it loses its number, so that no history shows it. Not what a bot runs or has run, since
-- a bot runs a version.
-- Where one role owns the tables and is bound by row-level security, too.
SELECT set_config('alphaloom.org', 'system', true);--> statement-breakpoint
ALTER TABLE "versions" DISABLE TRIGGER "versions_never_change";--> statement-breakpoint
UPDATE "versions" SET "number" = NULL, "message" = ''
WHERE "message" IN ('Taken for a backtest', 'Taken for a sweep')
  AND NOT EXISTS (SELECT FROM "bots" WHERE "bots"."version_id" = "versions"."id")
  AND NOT EXISTS (SELECT FROM "signals" WHERE "signals"."version_id" = "versions"."id");--> statement-breakpoint
ALTER TABLE "versions" ENABLE TRIGGER "versions_never_change";--> statement-breakpoint
SELECT set_config('alphaloom.org', '', true);
