CREATE TYPE "public"."instrument_kind" AS ENUM('share', 'fund', 'index', 'currency', 'crypto', 'future', 'other');--> statement-breakpoint
CREATE TABLE "bar_corrections" (
	"org_id" uuid NOT NULL,
	"market_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"changed" "bytea" NOT NULL,
	"added" "bytea" NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "bar_corrections_market_id_revision_pk" PRIMARY KEY("market_id","revision")
);
--> statement-breakpoint
CREATE TABLE "instruments" (
	"org_id" uuid NOT NULL,
	"symbol" text NOT NULL,
	"name" text NOT NULL,
	"kind" "instrument_kind" DEFAULT 'other' NOT NULL,
	"venue" text,
	"currency" text NOT NULL,
	"tick" double precision,
	"lot" double precision,
	"time_zone" text DEFAULT 'UTC' NOT NULL,
	"session" jsonb,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "instruments_org_id_symbol_pk" PRIMARY KEY("org_id","symbol")
);
--> statement-breakpoint
ALTER TABLE "backtests" ADD COLUMN "made_on" jsonb;--> statement-breakpoint
ALTER TABLE "bots" ADD COLUMN "notice" text;--> statement-breakpoint
ALTER TABLE "bar_chunks" ADD COLUMN "leaves" "bytea";--> statement-breakpoint
ALTER TABLE "markets" ADD COLUMN "revision" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "markets" ADD COLUMN "corrected" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "sweeps" ADD COLUMN "made_on" jsonb;--> statement-breakpoint
ALTER TABLE "bar_corrections" ADD CONSTRAINT "bar_corrections_org_id_market_id_markets_org_id_id_fk" FOREIGN KEY ("org_id","market_id") REFERENCES "public"."markets"("org_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "instruments" ADD CONSTRAINT "instruments_org_id_organisations_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."organisations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
-- Written by hand from here to the next mark: what was known of a market's name and currency, by its oldest series, and of finished runs. Bars have never changed until
-- now, so that all runs were made on revision 0. The hashes of leaves need the bars: they come with the first run on a series or the first bars that are added.
SELECT set_config('alphaloom.org', 'system', true);--> statement-breakpoint
INSERT INTO instruments (org_id, symbol, name, currency, created_at)
  SELECT DISTINCT ON (org_id, symbol) org_id, symbol, name, currency, created_at FROM markets ORDER BY org_id, symbol, created_at, id;--> statement-breakpoint
UPDATE backtests SET made_on = jsonb_build_object('revision', 0, 'feeds', '{}'::jsonb, 'first', greatest(coalesce(from_time, first_time), first_time), 'last', least(coalesce(to_time, last_time), last_time))
  FROM markets WHERE markets.id = backtests.market_id AND status = 'succeeded';--> statement-breakpoint
UPDATE sweeps SET made_on = jsonb_build_object('revision', 0, 'feeds', '{}'::jsonb, 'first', greatest(coalesce(from_time, first_time), first_time), 'last', least(coalesce(to_time, last_time), last_time))
  FROM markets WHERE markets.id = sweeps.market_id AND status = 'succeeded';--> statement-breakpoint
-- A bot at the end of its bars waits for more of them now.
UPDATE bots SET status = 'paused', failure = NULL WHERE status = 'halted' AND failure = 'It has replayed the last bar of its market.';--> statement-breakpoint
SELECT set_config('alphaloom.org', '', true);--> statement-breakpoint
-- Generated again from here on.
ALTER TABLE "markets" ADD CONSTRAINT "markets_org_id_symbol_instruments_org_id_symbol_fk" FOREIGN KEY ("org_id","symbol") REFERENCES "public"."instruments"("org_id","symbol") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "markets" DROP COLUMN "name";--> statement-breakpoint
ALTER TABLE "markets" DROP COLUMN "currency";--> statement-breakpoint
ALTER TABLE "markets" DROP COLUMN "data_hash";