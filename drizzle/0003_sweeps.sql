CREATE TABLE "forward_results" (
	"sweep_id" uuid PRIMARY KEY NOT NULL,
	"org_id" uuid NOT NULL,
	"forward" jsonb NOT NULL,
	"time" "bytea" NOT NULL,
	"equity" "bytea" NOT NULL,
	"drawdown" "bytea" NOT NULL,
	"benchmark" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sweep_results" (
	"sweep_id" uuid PRIMARY KEY NOT NULL,
	"org_id" uuid NOT NULL,
	"keys" jsonb NOT NULL,
	"figures" "bytea" NOT NULL,
	"refused" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sweeps" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"org_id" uuid NOT NULL,
	"formula_id" uuid NOT NULL,
	"version_id" uuid NOT NULL,
	"market_id" uuid NOT NULL,
	"settings" jsonb NOT NULL,
	"axes" jsonb NOT NULL,
	"search" jsonb NOT NULL,
	"windows" jsonb,
	"candidate_count" integer NOT NULL,
	"ranked_by" text NOT NULL,
	"from_time" bigint,
	"to_time" bigint,
	"status" "backtest_status" DEFAULT 'queued' NOT NULL,
	"progress" real DEFAULT 0 NOT NULL,
	"failure" text,
	"requested_by" uuid,
	"queued_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone,
	"best" jsonb,
	"engine_version" text,
	CONSTRAINT "sweeps_org_id" UNIQUE("org_id","id")
);
--> statement-breakpoint
ALTER TABLE "backtests" ADD COLUMN "result_key" text;--> statement-breakpoint
ALTER TABLE "forward_results" ADD CONSTRAINT "forward_results_org_id_sweep_id_sweeps_org_id_id_fk" FOREIGN KEY ("org_id","sweep_id") REFERENCES "public"."sweeps"("org_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sweep_results" ADD CONSTRAINT "sweep_results_org_id_sweep_id_sweeps_org_id_id_fk" FOREIGN KEY ("org_id","sweep_id") REFERENCES "public"."sweeps"("org_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sweeps" ADD CONSTRAINT "sweeps_requested_by_users_id_fk" FOREIGN KEY ("requested_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sweeps" ADD CONSTRAINT "sweeps_org_id_formula_id_formulas_org_id_id_fk" FOREIGN KEY ("org_id","formula_id") REFERENCES "public"."formulas"("org_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sweeps" ADD CONSTRAINT "sweeps_org_id_version_id_versions_org_id_id_fk" FOREIGN KEY ("org_id","version_id") REFERENCES "public"."versions"("org_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sweeps" ADD CONSTRAINT "sweeps_org_id_market_id_markets_org_id_id_fk" FOREIGN KEY ("org_id","market_id") REFERENCES "public"."markets"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "sweeps_org_queued" ON "sweeps" USING btree ("org_id","queued_at");--> statement-breakpoint
CREATE INDEX "sweeps_formula_queued" ON "sweeps" USING btree ("formula_id","queued_at");--> statement-breakpoint
CREATE INDEX "backtests_result_key" ON "backtests" USING btree ("org_id","result_key");