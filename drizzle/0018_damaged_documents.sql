CREATE TABLE "damaged_documents" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"formula_id" uuid NOT NULL,
	"org_id" uuid NOT NULL,
	"epoch" integer NOT NULL,
	"sequence" bigint NOT NULL,
	"bytes" "bytea" NOT NULL,
	"set_aside_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "formulas" ADD COLUMN "unreadable_since" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "damaged_documents" ADD CONSTRAINT "damaged_documents_org_id_formula_id_formulas_org_id_id_fk" FOREIGN KEY ("org_id","formula_id") REFERENCES "public"."formulas"("org_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "damaged_documents_formula" ON "damaged_documents" USING btree ("org_id","formula_id");