ALTER TABLE sweeps ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE sweeps FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant ON sweeps USING (current_setting('alphaloom.org', true) = 'system' or org_id::text = current_setting('alphaloom.org', true)) WITH CHECK (current_setting('alphaloom.org', true) = 'system' or org_id::text = current_setting('alphaloom.org', true));--> statement-breakpoint
ALTER TABLE sweep_results ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE sweep_results FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant ON sweep_results USING (current_setting('alphaloom.org', true) = 'system' or org_id::text = current_setting('alphaloom.org', true)) WITH CHECK (current_setting('alphaloom.org', true) = 'system' or org_id::text = current_setting('alphaloom.org', true));--> statement-breakpoint
ALTER TABLE forward_results ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE forward_results FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant ON forward_results USING (current_setting('alphaloom.org', true) = 'system' or org_id::text = current_setting('alphaloom.org', true)) WITH CHECK (current_setting('alphaloom.org', true) = 'system' or org_id::text = current_setting('alphaloom.org', true));
