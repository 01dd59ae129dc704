ALTER TABLE open_documents ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE open_documents FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant ON open_documents USING (current_setting('alphaloom.org', true) = 'system' or org_id::text = current_setting('alphaloom.org', true)) WITH CHECK (current_setting('alphaloom.org', true) = 'system' or org_id::text = current_setting('alphaloom.org', true));
