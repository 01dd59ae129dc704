ALTER TABLE formula_epochs ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE formula_epochs FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant ON formula_epochs USING (current_setting('alphaloom.org', true) = 'system' or org_id::text = current_setting('alphaloom.org', true)) WITH CHECK (current_setting('alphaloom.org', true) = 'system' or org_id::text = current_setting('alphaloom.org', true));
