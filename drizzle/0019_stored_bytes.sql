CREATE TABLE "stored_bytes" (
	"org_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"bytes" bigint NOT NULL,
	CONSTRAINT "stored_bytes_org_id_kind_pk" PRIMARY KEY("org_id","kind")
);
--> statement-breakpoint
ALTER TABLE "stored_bytes" ADD CONSTRAINT "stored_bytes_org_id_organisations_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."organisations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
-- Written by hand from here on. The rights themselves follow from `server/db/rights/declared-rights.ts`, after each migration.
SELECT set_config('alphaloom.org', 'system', true);--> statement-breakpoint
INSERT INTO stored_bytes (org_id, kind, bytes)
  SELECT org_id, 'documents', sum(bytes) FROM (
    SELECT org_id, pg_column_size(state)::bigint AS bytes FROM formula_snapshots
    UNION ALL SELECT org_id, pg_column_size(bytes) FROM damaged_documents
  ) AS documents GROUP BY org_id
  UNION ALL SELECT org_id, 'results', sum(bytes) FROM (
    SELECT org_id, (pg_column_size(trades) + pg_column_size(rejected) + pg_column_size(signals) + pg_column_size(equity) + pg_column_size(drawdown) + pg_column_size(benchmark))::bigint AS bytes FROM backtest_results
    UNION ALL SELECT org_id, pg_column_size(figures) + pg_column_size(refused) FROM sweep_results
    UNION ALL SELECT org_id, pg_column_size(forward) + pg_column_size(time) + pg_column_size(equity) + pg_column_size(drawdown) + pg_column_size(benchmark) FROM forward_results
  ) AS results GROUP BY org_id;--> statement-breakpoint
SELECT set_config('alphaloom.org', '', true);--> statement-breakpoint
-- As the owner of the tables, whoever adds: nobody else writes here. Sizes are looked up in the table, where values lie packed: those in a trigger's own row are
-- unpacked, and nothing shall be read to be measured. Arguments: the kind, the key, and the bytes of a row as SQL.
CREATE FUNCTION count_stored_bytes() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  org uuid;
  key uuid;
  size bigint;
BEGIN
  IF TG_WHEN = 'BEFORE' THEN
    org := OLD.org_id;
    IF TG_TABLE_NAME = 'formula_snapshots' THEN
      key := OLD.formula_id;
    ELSIF TG_TABLE_NAME = 'damaged_documents' THEN
      key := OLD.id;
    ELSIF TG_TABLE_NAME = 'backtest_results' THEN
      key := OLD.backtest_id;
    ELSE
      key := OLD.sweep_id;
    END IF;
  ELSE
    org := NEW.org_id;
    IF TG_TABLE_NAME = 'formula_snapshots' THEN
      key := NEW.formula_id;
    ELSIF TG_TABLE_NAME = 'damaged_documents' THEN
      key := NEW.id;
    ELSIF TG_TABLE_NAME = 'backtest_results' THEN
      key := NEW.backtest_id;
    ELSE
      key := NEW.sweep_id;
    END IF;
  END IF;
  EXECUTE format('select %s from public.%I where %I = $1', TG_ARGV[2], TG_TABLE_NAME, TG_ARGV[1]) INTO size USING key;
  IF TG_WHEN = 'BEFORE' THEN
    -- Not inserted: the organisation may be on its way out, with its sum.
    UPDATE public.stored_bytes SET bytes = bytes - coalesce(size, 0) WHERE org_id = org AND kind = TG_ARGV[0];
    IF TG_OP = 'DELETE' THEN
      RETURN OLD;
    END IF;
    RETURN NEW;
  END IF;
  INSERT INTO public.stored_bytes AS s (org_id, kind, bytes) VALUES (org, TG_ARGV[0], coalesce(size, 0))
    ON CONFLICT (org_id, kind) DO UPDATE SET bytes = s.bytes + EXCLUDED.bytes;
  RETURN NULL;
END $$;--> statement-breakpoint
REVOKE ALL ON FUNCTION count_stored_bytes() FROM PUBLIC;--> statement-breakpoint
CREATE TRIGGER discount_stored_bytes BEFORE DELETE OR UPDATE OF state ON formula_snapshots FOR EACH ROW
  EXECUTE FUNCTION count_stored_bytes('documents', 'formula_id', 'pg_column_size(state)');--> statement-breakpoint
CREATE TRIGGER count_stored_bytes AFTER INSERT OR UPDATE OF state ON formula_snapshots FOR EACH ROW
  EXECUTE FUNCTION count_stored_bytes('documents', 'formula_id', 'pg_column_size(state)');--> statement-breakpoint
CREATE TRIGGER discount_stored_bytes BEFORE DELETE ON damaged_documents FOR EACH ROW
  EXECUTE FUNCTION count_stored_bytes('documents', 'id', 'pg_column_size(bytes)');--> statement-breakpoint
CREATE TRIGGER count_stored_bytes AFTER INSERT ON damaged_documents FOR EACH ROW
  EXECUTE FUNCTION count_stored_bytes('documents', 'id', 'pg_column_size(bytes)');--> statement-breakpoint
CREATE TRIGGER discount_stored_bytes BEFORE DELETE ON backtest_results FOR EACH ROW
  EXECUTE FUNCTION count_stored_bytes('results', 'backtest_id', 'pg_column_size(trades) + pg_column_size(rejected) + pg_column_size(signals) + pg_column_size(equity) + pg_column_size(drawdown) + pg_column_size(benchmark)');--> statement-breakpoint
CREATE TRIGGER count_stored_bytes AFTER INSERT ON backtest_results FOR EACH ROW
  EXECUTE FUNCTION count_stored_bytes('results', 'backtest_id', 'pg_column_size(trades) + pg_column_size(rejected) + pg_column_size(signals) + pg_column_size(equity) + pg_column_size(drawdown) + pg_column_size(benchmark)');--> statement-breakpoint
CREATE TRIGGER discount_stored_bytes BEFORE DELETE ON sweep_results FOR EACH ROW
  EXECUTE FUNCTION count_stored_bytes('results', 'sweep_id', 'pg_column_size(figures) + pg_column_size(refused)');--> statement-breakpoint
CREATE TRIGGER count_stored_bytes AFTER INSERT ON sweep_results FOR EACH ROW
  EXECUTE FUNCTION count_stored_bytes('results', 'sweep_id', 'pg_column_size(figures) + pg_column_size(refused)');--> statement-breakpoint
CREATE TRIGGER discount_stored_bytes BEFORE DELETE ON forward_results FOR EACH ROW
  EXECUTE FUNCTION count_stored_bytes('results', 'sweep_id', 'pg_column_size(forward) + pg_column_size(time) + pg_column_size(equity) + pg_column_size(drawdown) + pg_column_size(benchmark)');--> statement-breakpoint
CREATE TRIGGER count_stored_bytes AFTER INSERT ON forward_results FOR EACH ROW
  EXECUTE FUNCTION count_stored_bytes('results', 'sweep_id', 'pg_column_size(forward) + pg_column_size(time) + pg_column_size(equity) + pg_column_size(drawdown) + pg_column_size(benchmark)');
