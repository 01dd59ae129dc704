ALTER TABLE "invitations" ADD COLUMN "letter_token_hash" text;--> statement-breakpoint
CREATE UNIQUE INDEX "invitations_letter_token" ON "invitations" USING btree ("letter_token_hash");