ALTER TYPE "public"."comment_anchor" ADD VALUE 'change';--> statement-breakpoint
CREATE TABLE "publication_policies" (
	"org_id" uuid PRIMARY KEY NOT NULL,
	"approvals" integer NOT NULL,
	"roles" "member_role"[] NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "publication_policies_approvals" CHECK ("publication_policies"."approvals" between 0 and 5)
);
--> statement-breakpoint
CREATE TABLE "publications" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"org_id" uuid NOT NULL,
	"formula_id" uuid NOT NULL,
	"version_id" uuid NOT NULL,
	"notes" text NOT NULL,
	"validation" text NOT NULL,
	"approved_by" uuid[] NOT NULL,
	"reason" text,
	"published_by" uuid,
	"published_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"ended_by" uuid,
	CONSTRAINT "publications_org_id" UNIQUE("org_id","id"),
	CONSTRAINT "publications_reason" CHECK (("publications"."validation" = 'overridden') = ("publications"."reason" is not null))
);
--> statement-breakpoint
CREATE TABLE "review_verdicts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"org_id" uuid NOT NULL,
	"review_id" uuid NOT NULL,
	"version_id" uuid NOT NULL,
	"content_hash" text NOT NULL,
	"user_id" uuid,
	"verdict" text NOT NULL,
	"note" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reviewers" (
	"review_id" uuid NOT NULL,
	"org_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"answered_at" timestamp (3) with time zone,
	CONSTRAINT "reviewers_review_id_user_id_pk" PRIMARY KEY("review_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "reviews" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"org_id" uuid NOT NULL,
	"formula_id" uuid NOT NULL,
	"version_id" uuid NOT NULL,
	"base_id" uuid,
	"title" text NOT NULL,
	"description" text NOT NULL,
	"author_id" uuid,
	"state" text DEFAULT 'open' NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "reviews_org_id" UNIQUE("org_id","id")
);
--> statement-breakpoint
ALTER TABLE "comment_threads" DROP CONSTRAINT "comment_threads_anchor";--> statement-breakpoint
DROP INDEX "audit_log_org_at";--> statement-breakpoint
DROP INDEX "audit_log_actor";--> statement-breakpoint
ALTER TABLE "bots" ADD COLUMN "next_version_id" uuid;--> statement-breakpoint
ALTER TABLE "bots" ADD COLUMN "upgrade" text;--> statement-breakpoint
ALTER TABLE "bots" ADD COLUMN "trades_after" bigint;--> statement-breakpoint
ALTER TABLE "bots" ADD COLUMN "carried_cash" double precision;--> statement-breakpoint
ALTER TABLE "comment_threads" ADD COLUMN "review_id" uuid;--> statement-breakpoint
ALTER TABLE "comment_threads" ADD COLUMN "change_key" text;--> statement-breakpoint
ALTER TABLE "publication_policies" ADD CONSTRAINT "publication_policies_org_id_organisations_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."organisations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "publications" ADD CONSTRAINT "publications_published_by_users_id_fk" FOREIGN KEY ("published_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "publications" ADD CONSTRAINT "publications_ended_by_users_id_fk" FOREIGN KEY ("ended_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "publications" ADD CONSTRAINT "publications_org_id_formula_id_formulas_org_id_id_fk" FOREIGN KEY ("org_id","formula_id") REFERENCES "public"."formulas"("org_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "publications" ADD CONSTRAINT "publications_org_id_version_id_versions_org_id_id_fk" FOREIGN KEY ("org_id","version_id") REFERENCES "public"."versions"("org_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_verdicts" ADD CONSTRAINT "review_verdicts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_verdicts" ADD CONSTRAINT "review_verdicts_org_id_review_id_reviews_org_id_id_fk" FOREIGN KEY ("org_id","review_id") REFERENCES "public"."reviews"("org_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_verdicts" ADD CONSTRAINT "review_verdicts_org_id_version_id_versions_org_id_id_fk" FOREIGN KEY ("org_id","version_id") REFERENCES "public"."versions"("org_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviewers" ADD CONSTRAINT "reviewers_org_id_review_id_reviews_org_id_id_fk" FOREIGN KEY ("org_id","review_id") REFERENCES "public"."reviews"("org_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviewers" ADD CONSTRAINT "reviewers_org_id_user_id_memberships_org_id_user_id_fk" FOREIGN KEY ("org_id","user_id") REFERENCES "public"."memberships"("org_id","user_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_author_id_users_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_org_id_formula_id_formulas_org_id_id_fk" FOREIGN KEY ("org_id","formula_id") REFERENCES "public"."formulas"("org_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_org_id_version_id_versions_org_id_id_fk" FOREIGN KEY ("org_id","version_id") REFERENCES "public"."versions"("org_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_org_id_base_id_versions_org_id_id_fk" FOREIGN KEY ("org_id","base_id") REFERENCES "public"."versions"("org_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "publications_current" ON "publications" USING btree ("formula_id") WHERE "publications"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "publications_formula" ON "publications" USING btree ("org_id","formula_id","published_at","id");--> statement-breakpoint
CREATE INDEX "publications_version" ON "publications" USING btree ("version_id");--> statement-breakpoint
CREATE INDEX "publications_published_by" ON "publications" USING btree ("published_by");--> statement-breakpoint
CREATE INDEX "publications_ended_by" ON "publications" USING btree ("ended_by");--> statement-breakpoint
CREATE INDEX "review_verdicts_review" ON "review_verdicts" USING btree ("org_id","review_id","at");--> statement-breakpoint
CREATE INDEX "review_verdicts_version" ON "review_verdicts" USING btree ("version_id");--> statement-breakpoint
CREATE INDEX "review_verdicts_user" ON "review_verdicts" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "reviewers_user" ON "reviewers" USING btree ("org_id","user_id");--> statement-breakpoint
CREATE INDEX "reviews_org_updated" ON "reviews" USING btree ("org_id","updated_at","id");--> statement-breakpoint
CREATE INDEX "reviews_formula" ON "reviews" USING btree ("formula_id","updated_at");--> statement-breakpoint
CREATE INDEX "reviews_version" ON "reviews" USING btree ("version_id");--> statement-breakpoint
CREATE INDEX "reviews_base" ON "reviews" USING btree ("base_id");--> statement-breakpoint
CREATE INDEX "reviews_author" ON "reviews" USING btree ("author_id");--> statement-breakpoint
ALTER TABLE "bots" ADD CONSTRAINT "bots_org_id_next_version_id_versions_org_id_id_fk" FOREIGN KEY ("org_id","next_version_id") REFERENCES "public"."versions"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comment_threads" ADD CONSTRAINT "comment_threads_org_id_review_id_reviews_org_id_id_fk" FOREIGN KEY ("org_id","review_id") REFERENCES "public"."reviews"("org_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "bots_next_version" ON "bots" USING btree ("next_version_id");--> statement-breakpoint
CREATE INDEX "comment_threads_review" ON "comment_threads" USING btree ("review_id");--> statement-breakpoint
CREATE INDEX "audit_log_org_entity" ON "audit_log" USING btree ("org_id","entity_id","at");--> statement-breakpoint
CREATE INDEX "audit_log_org_action" ON "audit_log" USING btree ("org_id","action","at");--> statement-breakpoint
CREATE INDEX "audit_log_user" ON "audit_log" USING btree ("actor_id");--> statement-breakpoint
CREATE INDEX "audit_log_org_at" ON "audit_log" USING btree ("org_id","at","id");--> statement-breakpoint
CREATE INDEX "audit_log_actor" ON "audit_log" USING btree ("org_id","actor_id","at");--> statement-breakpoint
ALTER TABLE "bots" ADD CONSTRAINT "bots_upgrade" CHECK (("bots"."next_version_id" is null) = ("bots"."upgrade" is null));--> statement-breakpoint
ALTER TABLE "comment_threads" ADD CONSTRAINT "comment_threads_anchor" CHECK (("comment_threads"."anchor" = 'formula') = ("comment_threads"."about_label" is null and "comment_threads"."about_code" is null)
        and ("comment_threads"."anchor" <> 'node' or "comment_threads"."node_id" is not null) and ("comment_threads"."anchor" <> 'formula' or "comment_threads"."node_id" is null)
        and ("comment_threads"."anchor" in ('formula', 'node')) = ("comment_threads"."review_id" is null) and ("comment_threads"."review_id" is null) = ("comment_threads"."change_key" is null));