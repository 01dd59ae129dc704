CREATE TABLE "audit_chains" (
	"id" uuid PRIMARY KEY NOT NULL,
	"sequence" bigint NOT NULL,
	"hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_checkpoints" (
	"chain" uuid NOT NULL,
	"sequence" bigint NOT NULL,
	"hash" text NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "audit_checkpoints_chain_sequence_pk" PRIMARY KEY("chain","sequence")
);
--> statement-breakpoint
CREATE TABLE "access_policies" (
	"org_id" uuid PRIMARY KEY NOT NULL,
	"session_hours" integer,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "audit_log" ALTER COLUMN "org_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "audit_log" ADD COLUMN "sequence" bigint;--> statement-breakpoint
ALTER TABLE "audit_log" ADD COLUMN "who" text;--> statement-breakpoint
ALTER TABLE "audit_log" ADD COLUMN "who_salt" text;--> statement-breakpoint
ALTER TABLE "audit_log" ADD COLUMN "what" text;--> statement-breakpoint
ALTER TABLE "audit_log" ADD COLUMN "what_salt" text;--> statement-breakpoint
ALTER TABLE "audit_log" ADD COLUMN "hash" text;--> statement-breakpoint
ALTER TABLE "organisations" ADD COLUMN "delete_after" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "is_platform_admin" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "suspended_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "suspended_for" text;--> statement-breakpoint
ALTER TABLE "access_policies" ADD CONSTRAINT "access_policies_org_id_organisations_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."organisations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_log_org_sequence" ON "audit_log" USING btree ("org_id","sequence");--> statement-breakpoint
-- By hand from here on.
-- Texts one behind the other, each with its bytes in front, so that no two lists give the same text; `-` for null.
CREATE FUNCTION audit_fields(VARIADIC fields text[]) RETURNS text LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$
  SELECT string_agg(coalesce(octet_length(field)::text || ':' || field, '-'), '' ORDER BY place)
  FROM unnest(fields) WITH ORDINALITY AS listed(field, place)
$$;--> statement-breakpoint
CREATE FUNCTION audit_hash(fields text) RETURNS text LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$
  SELECT encode(sha256(convert_to(fields, 'UTF8')), 'hex')
$$;--> statement-breakpoint
-- Gives a row its place behind the last row of its organisation. Whoever adds to the same chain waits for the end of the transaction: two rows never have
-- one place, and no place stays empty. With the rights of the owner, since the app may neither read the chain nor say what comes next in it.
CREATE FUNCTION chain_audit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  chain uuid := coalesce(NEW.org_id, '00000000-0000-0000-0000-000000000000');
  before text;
BEGIN
  INSERT INTO public.audit_chains AS ends (id, sequence, hash) VALUES (chain, 1, '')
  ON CONFLICT (id) DO UPDATE SET sequence = ends.sequence + 1
  RETURNING sequence, hash INTO NEW.sequence, before;
  NEW.who_salt := gen_random_uuid()::text;
  NEW.who := public.audit_hash(public.audit_fields(NEW.who_salt, NEW.actor_id::text, NEW.actor_name, NEW.ip, NEW.device, NEW.session));
  NEW.what_salt := gen_random_uuid()::text;
  NEW.what := public.audit_hash(public.audit_fields(NEW.what_salt, NEW.difference::text));
  NEW.hash := public.audit_hash(public.audit_fields(before, NEW.sequence::text, chain::text, NEW.id::text,
    (extract(epoch from NEW.at) * 1000)::bigint::text, NEW.actor_kind, NEW.action, NEW.entity, NEW.entity_id, NEW.request_id, NEW.who, NEW.what));
  UPDATE public.audit_chains SET hash = NEW.hash WHERE id = chain;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER chain BEFORE INSERT ON audit_log FOR EACH ROW EXECUTE FUNCTION chain_audit();--> statement-breakpoint
-- Takes a person out of the audit when their account is deleted: who they were where they acted, and what rows about them say. Without its salt a hash says
-- nothing of what it was made of, and the chain holds.
CREATE FUNCTION erase_from_audit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  UPDATE public.audit_log SET actor_id = null, actor_name = null, ip = null, device = null, session = null, who_salt = null WHERE actor_id = OLD.id;
  UPDATE public.audit_log SET difference = null, what_salt = null
  WHERE (org_id IS NULL OR org_id IN (SELECT org_id FROM public.organisation_people WHERE user_id = OLD.id))
    AND difference IS NOT NULL AND (entity_id = OLD.id::text OR position(lower(OLD.email) in lower(difference::text)) > 0);
  RETURN OLD;
END $$;--> statement-breakpoint
CREATE TRIGGER erase_from_audit BEFORE DELETE ON users FOR EACH ROW EXECUTE FUNCTION erase_from_audit();--> statement-breakpoint
CREATE FUNCTION forget_chain() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  DELETE FROM public.audit_chains WHERE id = OLD.id;
  DELETE FROM public.audit_checkpoints WHERE chain = OLD.id;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER forget_chain AFTER DELETE ON organisations FOR EACH ROW EXECUTE FUNCTION forget_chain();
