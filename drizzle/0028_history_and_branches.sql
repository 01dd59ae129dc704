CREATE TABLE "branches" (
	"formula_id" uuid PRIMARY KEY NOT NULL,
	"org_id" uuid NOT NULL,
	"origin_id" uuid NOT NULL,
	"origin_version_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "merges" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"org_id" uuid NOT NULL,
	"branch_id" uuid NOT NULL,
	"into_id" uuid NOT NULL,
	"source_version_id" uuid NOT NULL,
	"before_version_id" uuid NOT NULL,
	"after_version_id" uuid NOT NULL,
	"next_base_id" uuid NOT NULL,
	"merged_by" uuid,
	"merged_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"undone_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "contributions" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"org_id" uuid NOT NULL,
	"formula_id" uuid NOT NULL,
	"user_id" uuid,
	"after_version" integer NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone NOT NULL,
	"changes" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "version_labels" (
	"version_id" uuid PRIMARY KEY NOT NULL,
	"org_id" uuid NOT NULL,
	"name" text DEFAULT '' NOT NULL,
	"tags" text[] DEFAULT '{}' NOT NULL,
	"said_author" text,
	"said_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "formulas" ADD COLUMN "said_origin" jsonb;--> statement-breakpoint
ALTER TABLE "branches" ADD CONSTRAINT "branches_org_id_formula_id_formulas_org_id_id_fk" FOREIGN KEY ("org_id","formula_id") REFERENCES "public"."formulas"("org_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "branches" ADD CONSTRAINT "branches_org_id_origin_id_formulas_org_id_id_fk" FOREIGN KEY ("org_id","origin_id") REFERENCES "public"."formulas"("org_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "branches" ADD CONSTRAINT "branches_org_id_origin_version_id_versions_org_id_id_fk" FOREIGN KEY ("org_id","origin_version_id") REFERENCES "public"."versions"("org_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "merges" ADD CONSTRAINT "merges_merged_by_users_id_fk" FOREIGN KEY ("merged_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "merges" ADD CONSTRAINT "merges_org_id_branch_id_formulas_org_id_id_fk" FOREIGN KEY ("org_id","branch_id") REFERENCES "public"."formulas"("org_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "merges" ADD CONSTRAINT "merges_org_id_into_id_formulas_org_id_id_fk" FOREIGN KEY ("org_id","into_id") REFERENCES "public"."formulas"("org_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "merges" ADD CONSTRAINT "merges_org_id_source_version_id_versions_org_id_id_fk" FOREIGN KEY ("org_id","source_version_id") REFERENCES "public"."versions"("org_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "merges" ADD CONSTRAINT "merges_org_id_before_version_id_versions_org_id_id_fk" FOREIGN KEY ("org_id","before_version_id") REFERENCES "public"."versions"("org_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "merges" ADD CONSTRAINT "merges_org_id_after_version_id_versions_org_id_id_fk" FOREIGN KEY ("org_id","after_version_id") REFERENCES "public"."versions"("org_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "merges" ADD CONSTRAINT "merges_org_id_next_base_id_versions_org_id_id_fk" FOREIGN KEY ("org_id","next_base_id") REFERENCES "public"."versions"("org_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contributions" ADD CONSTRAINT "contributions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contributions" ADD CONSTRAINT "contributions_org_id_formula_id_formulas_org_id_id_fk" FOREIGN KEY ("org_id","formula_id") REFERENCES "public"."formulas"("org_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "version_labels" ADD CONSTRAINT "version_labels_org_id_version_id_versions_org_id_id_fk" FOREIGN KEY ("org_id","version_id") REFERENCES "public"."versions"("org_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "branches_origin" ON "branches" USING btree ("origin_id","created_at");--> statement-breakpoint
CREATE INDEX "branches_origin_version" ON "branches" USING btree ("origin_version_id");--> statement-breakpoint
CREATE INDEX "merges_branch" ON "merges" USING btree ("branch_id","merged_at");--> statement-breakpoint
CREATE INDEX "merges_into" ON "merges" USING btree ("into_id");--> statement-breakpoint
CREATE INDEX "merges_source" ON "merges" USING btree ("source_version_id");--> statement-breakpoint
CREATE INDEX "merges_before" ON "merges" USING btree ("before_version_id");--> statement-breakpoint
CREATE INDEX "merges_after" ON "merges" USING btree ("after_version_id");--> statement-breakpoint
CREATE INDEX "merges_next_base" ON "merges" USING btree ("next_base_id");--> statement-breakpoint
CREATE INDEX "merges_by" ON "merges" USING btree ("merged_by");--> statement-breakpoint
CREATE INDEX "contributions_place" ON "contributions" USING btree ("formula_id","after_version","ended_at");--> statement-breakpoint
CREATE INDEX "contributions_user" ON "contributions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "version_labels_version" ON "version_labels" USING btree ("org_id","version_id");