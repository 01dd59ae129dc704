CREATE TABLE "formula_epochs" (
	"formula_id" uuid NOT NULL,
	"org_id" uuid NOT NULL,
	"epoch" integer NOT NULL,
	"had" "bytea" NOT NULL,
	"ended_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "formula_epochs_formula_id_epoch_pk" PRIMARY KEY("formula_id","epoch")
);
--> statement-breakpoint
ALTER TABLE "formula_epochs" ADD CONSTRAINT "formula_epochs_org_id_formula_id_formulas_org_id_id_fk" FOREIGN KEY ("org_id","formula_id") REFERENCES "public"."formulas"("org_id","id") ON DELETE cascade ON UPDATE no action;