CREATE TABLE "open_documents" (
	"server_id" uuid NOT NULL,
	"formula_id" uuid NOT NULL,
	"org_id" uuid NOT NULL,
	"people" integer NOT NULL,
	"clients" integer NOT NULL,
	CONSTRAINT "open_documents_server_id_formula_id_pk" PRIMARY KEY("server_id","formula_id")
);
--> statement-breakpoint
CREATE TABLE "realtime_servers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"beat_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "formula_snapshots" ADD COLUMN "clients" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "formula_snapshots" ADD COLUMN "dead" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "formula_snapshots" ADD COLUMN "compacted_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "open_documents" ADD CONSTRAINT "open_documents_server_id_realtime_servers_id_fk" FOREIGN KEY ("server_id") REFERENCES "public"."realtime_servers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "open_documents" ADD CONSTRAINT "open_documents_org_id_formula_id_formulas_org_id_id_fk" FOREIGN KEY ("org_id","formula_id") REFERENCES "public"."formulas"("org_id","id") ON DELETE cascade ON UPDATE no action;