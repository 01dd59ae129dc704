CREATE TABLE "organisation_people" (
	"org_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	CONSTRAINT "organisation_people_org_id_user_id_pk" PRIMARY KEY("org_id","user_id")
);
--> statement-breakpoint
ALTER TABLE "organisation_people" ADD CONSTRAINT "organisation_people_org_id_organisations_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."organisations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organisation_people" ADD CONSTRAINT "organisation_people_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "organisation_people_user" ON "organisation_people" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "backtests_version" ON "backtests" USING btree ("version_id");--> statement-breakpoint
CREATE INDEX "backtests_market" ON "backtests" USING btree ("market_id");--> statement-breakpoint
CREATE INDEX "backtests_requested_by" ON "backtests" USING btree ("requested_by");--> statement-breakpoint
CREATE INDEX "bots_formula" ON "bots" USING btree ("formula_id");--> statement-breakpoint
CREATE INDEX "bots_version" ON "bots" USING btree ("version_id");--> statement-breakpoint
CREATE INDEX "bots_market" ON "bots" USING btree ("market_id");--> statement-breakpoint
CREATE INDEX "bots_created_by" ON "bots" USING btree ("created_by");--> statement-breakpoint
CREATE INDEX "signals_bot_emitted" ON "signals" USING btree ("org_id","bot_id","emitted_at");--> statement-breakpoint
CREATE INDEX "comment_threads_resolved_by" ON "comment_threads" USING btree ("resolved_by");--> statement-breakpoint
CREATE INDEX "comments_author" ON "comments" USING btree ("author_id");--> statement-breakpoint
CREATE INDEX "audit_log_actor" ON "audit_log" USING btree ("actor_id");--> statement-breakpoint
CREATE INDEX "events_created" ON "events" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "formula_updates_actor" ON "formula_updates" USING btree ("actor_id");--> statement-breakpoint
CREATE INDEX "formulas_created_by" ON "formulas" USING btree ("created_by");--> statement-breakpoint
CREATE INDEX "versions_parent" ON "versions" USING btree ("parent_id");--> statement-breakpoint
CREATE INDEX "versions_author" ON "versions" USING btree ("author_id");--> statement-breakpoint
CREATE INDEX "open_documents_org" ON "open_documents" USING btree ("org_id","formula_id");--> statement-breakpoint
CREATE INDEX "invitations_created_by" ON "invitations" USING btree ("created_by");--> statement-breakpoint
CREATE INDEX "invitations_accepted_by" ON "invitations" USING btree ("accepted_by");--> statement-breakpoint
CREATE INDEX "sweeps_version" ON "sweeps" USING btree ("version_id");--> statement-breakpoint
CREATE INDEX "sweeps_market" ON "sweeps" USING btree ("market_id");--> statement-breakpoint
CREATE INDEX "sweeps_requested_by" ON "sweeps" USING btree ("requested_by");--> statement-breakpoint
CREATE INDEX "sessions_expires" ON "sessions" USING btree ("expires_at");--> statement-breakpoint
-- Written by hand from here on. The rights themselves (grants, row-level security) follow from `server/db/rights/declared-rights.ts`, after each migration.
-- The owner of the tables is held by the row-level security of before until then, and says that they may see everything.
SELECT set_config('alphaloom.org', 'system', true);--> statement-breakpoint
INSERT INTO organisation_people (org_id, user_id)
  SELECT org_id, user_id FROM memberships
  UNION SELECT org_id, created_by FROM invitations
  UNION SELECT org_id, accepted_by FROM invitations WHERE accepted_by IS NOT NULL
  UNION SELECT org_id, created_by FROM formulas WHERE created_by IS NOT NULL
  UNION SELECT org_id, author_id FROM versions
  UNION SELECT org_id, requested_by FROM backtests WHERE requested_by IS NOT NULL
  UNION SELECT org_id, requested_by FROM sweeps WHERE requested_by IS NOT NULL
  UNION SELECT org_id, created_by FROM bots WHERE created_by IS NOT NULL
  UNION SELECT org_id, resolved_by FROM comment_threads WHERE resolved_by IS NOT NULL
  UNION SELECT org_id, author_id FROM comments WHERE author_id IS NOT NULL
  UNION SELECT org_id, actor_id FROM audit_log WHERE actor_id IS NOT NULL;--> statement-breakpoint
SELECT set_config('alphaloom.org', '', true);--> statement-breakpoint
-- As the owner of the tables, whoever adds the member: nobody else needs to write here.
CREATE FUNCTION remember_person() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO public.organisation_people (org_id, user_id) VALUES (NEW.org_id, NEW.user_id) ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;--> statement-breakpoint
REVOKE ALL ON FUNCTION remember_person() FROM PUBLIC;--> statement-breakpoint
CREATE TRIGGER remember_person AFTER INSERT ON memberships FOR EACH ROW EXECUTE FUNCTION remember_person();
