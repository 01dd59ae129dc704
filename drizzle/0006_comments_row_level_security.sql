ALTER TABLE comment_threads ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE comment_threads FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant ON comment_threads USING (current_setting('alphaloom.org', true) = 'system' or org_id::text = current_setting('alphaloom.org', true)) WITH CHECK (current_setting('alphaloom.org', true) = 'system' or org_id::text = current_setting('alphaloom.org', true));--> statement-breakpoint
ALTER TABLE comments ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE comments FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant ON comments USING (current_setting('alphaloom.org', true) = 'system' or org_id::text = current_setting('alphaloom.org', true)) WITH CHECK (current_setting('alphaloom.org', true) = 'system' or org_id::text = current_setting('alphaloom.org', true));--> statement-breakpoint
ALTER TABLE notifications ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE notifications FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant ON notifications USING (current_setting('alphaloom.org', true) = 'system' or org_id::text = current_setting('alphaloom.org', true)) WITH CHECK (current_setting('alphaloom.org', true) = 'system' or org_id::text = current_setting('alphaloom.org', true));
