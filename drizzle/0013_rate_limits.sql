CREATE TABLE "rate_limits" (
	"key" varchar(255) PRIMARY KEY NOT NULL,
	"points" integer DEFAULT 0 NOT NULL,
	"expire" bigint
);
--> statement-breakpoint
-- Written by hand from here on. What was used of a limit is worth no write to the log: after a crash of Postgres all begin anew.
ALTER TABLE "rate_limits" SET UNLOGGED;
