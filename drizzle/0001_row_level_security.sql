-- The second wall between organisations: a query sees rows of the organisation named by `alphaloom.org` only, all of them when it is 'system',
-- and none when it is not set. FORCE, since the application's role owns the tables.
ALTER TABLE organisations ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE organisations FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant ON organisations USING (current_setting('alphaloom.org', true) = 'system' or id::text = current_setting('alphaloom.org', true)) WITH CHECK (current_setting('alphaloom.org', true) = 'system' or id::text = current_setting('alphaloom.org', true));--> statement-breakpoint
ALTER TABLE memberships ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE memberships FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant ON memberships USING (current_setting('alphaloom.org', true) = 'system' or org_id::text = current_setting('alphaloom.org', true)) WITH CHECK (current_setting('alphaloom.org', true) = 'system' or org_id::text = current_setting('alphaloom.org', true));--> statement-breakpoint
ALTER TABLE invitations ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE invitations FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant ON invitations USING (current_setting('alphaloom.org', true) = 'system' or org_id::text = current_setting('alphaloom.org', true)) WITH CHECK (current_setting('alphaloom.org', true) = 'system' or org_id::text = current_setting('alphaloom.org', true));--> statement-breakpoint
ALTER TABLE sessions ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE sessions FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant ON sessions USING (current_setting('alphaloom.org', true) = 'system' or org_id::text = current_setting('alphaloom.org', true)) WITH CHECK (current_setting('alphaloom.org', true) = 'system' or org_id::text = current_setting('alphaloom.org', true));--> statement-breakpoint
ALTER TABLE formulas ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE formulas FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant ON formulas USING (current_setting('alphaloom.org', true) = 'system' or org_id::text = current_setting('alphaloom.org', true)) WITH CHECK (current_setting('alphaloom.org', true) = 'system' or org_id::text = current_setting('alphaloom.org', true));--> statement-breakpoint
ALTER TABLE formula_snapshots ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE formula_snapshots FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant ON formula_snapshots USING (current_setting('alphaloom.org', true) = 'system' or org_id::text = current_setting('alphaloom.org', true)) WITH CHECK (current_setting('alphaloom.org', true) = 'system' or org_id::text = current_setting('alphaloom.org', true));--> statement-breakpoint
ALTER TABLE formula_updates ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE formula_updates FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant ON formula_updates USING (current_setting('alphaloom.org', true) = 'system' or org_id::text = current_setting('alphaloom.org', true)) WITH CHECK (current_setting('alphaloom.org', true) = 'system' or org_id::text = current_setting('alphaloom.org', true));--> statement-breakpoint
ALTER TABLE versions ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE versions FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant ON versions USING (current_setting('alphaloom.org', true) = 'system' or org_id::text = current_setting('alphaloom.org', true)) WITH CHECK (current_setting('alphaloom.org', true) = 'system' or org_id::text = current_setting('alphaloom.org', true));--> statement-breakpoint
ALTER TABLE markets ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE markets FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant ON markets USING (current_setting('alphaloom.org', true) = 'system' or org_id::text = current_setting('alphaloom.org', true)) WITH CHECK (current_setting('alphaloom.org', true) = 'system' or org_id::text = current_setting('alphaloom.org', true));--> statement-breakpoint
ALTER TABLE bar_chunks ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE bar_chunks FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant ON bar_chunks USING (current_setting('alphaloom.org', true) = 'system' or org_id::text = current_setting('alphaloom.org', true)) WITH CHECK (current_setting('alphaloom.org', true) = 'system' or org_id::text = current_setting('alphaloom.org', true));--> statement-breakpoint
ALTER TABLE backtests ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE backtests FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant ON backtests USING (current_setting('alphaloom.org', true) = 'system' or org_id::text = current_setting('alphaloom.org', true)) WITH CHECK (current_setting('alphaloom.org', true) = 'system' or org_id::text = current_setting('alphaloom.org', true));--> statement-breakpoint
ALTER TABLE backtest_results ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE backtest_results FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant ON backtest_results USING (current_setting('alphaloom.org', true) = 'system' or org_id::text = current_setting('alphaloom.org', true)) WITH CHECK (current_setting('alphaloom.org', true) = 'system' or org_id::text = current_setting('alphaloom.org', true));--> statement-breakpoint
ALTER TABLE bots ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE bots FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant ON bots USING (current_setting('alphaloom.org', true) = 'system' or org_id::text = current_setting('alphaloom.org', true)) WITH CHECK (current_setting('alphaloom.org', true) = 'system' or org_id::text = current_setting('alphaloom.org', true));--> statement-breakpoint
ALTER TABLE signals ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE signals FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant ON signals USING (current_setting('alphaloom.org', true) = 'system' or org_id::text = current_setting('alphaloom.org', true)) WITH CHECK (current_setting('alphaloom.org', true) = 'system' or org_id::text = current_setting('alphaloom.org', true));--> statement-breakpoint
ALTER TABLE event_streams ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE event_streams FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant ON event_streams USING (current_setting('alphaloom.org', true) = 'system' or org_id::text = current_setting('alphaloom.org', true)) WITH CHECK (current_setting('alphaloom.org', true) = 'system' or org_id::text = current_setting('alphaloom.org', true));--> statement-breakpoint
ALTER TABLE events ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE events FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant ON events USING (current_setting('alphaloom.org', true) = 'system' or org_id::text = current_setting('alphaloom.org', true)) WITH CHECK (current_setting('alphaloom.org', true) = 'system' or org_id::text = current_setting('alphaloom.org', true));--> statement-breakpoint
ALTER TABLE audit_log ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE audit_log FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant ON audit_log USING (current_setting('alphaloom.org', true) = 'system' or org_id::text = current_setting('alphaloom.org', true)) WITH CHECK (current_setting('alphaloom.org', true) = 'system' or org_id::text = current_setting('alphaloom.org', true));--> statement-breakpoint
CREATE FUNCTION refuse_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of % are never changed', TG_TABLE_NAME;
END
$$;--> statement-breakpoint
CREATE TRIGGER versions_never_change BEFORE UPDATE ON versions FOR EACH ROW EXECUTE FUNCTION refuse_update();
