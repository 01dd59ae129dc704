ALTER TABLE "notifications" DROP CONSTRAINT "notifications_once";--> statement-breakpoint
ALTER TABLE "notifications" ALTER COLUMN "kind" SET DATA TYPE text;--> statement-breakpoint
ALTER TABLE "notifications" ALTER COLUMN "comment_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "notifications" ADD COLUMN "once" text;--> statement-breakpoint
ALTER TABLE "notifications" ADD COLUMN "facts" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "notifications" ADD COLUMN "actor_id" uuid;--> statement-breakpoint
ALTER TABLE "notifications" ADD COLUMN "formula_id" uuid;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_actor_id_users_id_fk" FOREIGN KEY ("actor_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_org_id_formula_id_formulas_org_id_id_fk" FOREIGN KEY ("org_id","formula_id") REFERENCES "public"."formulas"("org_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "notifications_comment" ON "notifications" USING btree ("comment_id");--> statement-breakpoint
CREATE INDEX "notifications_formula" ON "notifications" USING btree ("formula_id");--> statement-breakpoint
CREATE INDEX "notifications_actor" ON "notifications" USING btree ("actor_id");--> statement-breakpoint
DROP TYPE "public"."notification_kind";--> statement-breakpoint
-- By hand from here: what was told of comments so far, before the column may not be empty any more. Where one role owns the tables and is bound by row-level
-- security, too.
SELECT set_config('alphaloom.org', 'system', true);--> statement-breakpoint
UPDATE "notifications" SET "once" = 'comment ' || "comment_id", "actor_id" = "comments"."author_id", "formula_id" = "comment_threads"."formula_id"
FROM "comments" JOIN "comment_threads" ON "comment_threads"."id" = "comments"."thread_id"
WHERE "comments"."id" = "notifications"."comment_id";--> statement-breakpoint
SELECT set_config('alphaloom.org', '', true);--> statement-breakpoint
ALTER TABLE "notifications" ALTER COLUMN "once" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_once" UNIQUE("org_id","user_id","once");
