ALTER TABLE "bots" ADD COLUMN "next_bar" integer;--> statement-breakpoint
ALTER TABLE "bots" ADD COLUMN "step" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
-- Written by hand from here on: where the bots of before stand. Row-level security holds the owner of the tables, too, who says that they may see everything.
SELECT set_config('alphaloom.org', 'system', true);--> statement-breakpoint
UPDATE "bots" SET "next_bar" = ("checkpoint"->>'next')::int, "step" = ("checkpoint"->>'step')::int WHERE jsonb_typeof("checkpoint") = 'object';--> statement-breakpoint
SELECT set_config('alphaloom.org', '', true);
