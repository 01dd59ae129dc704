import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { fillOrganisation } from '#server/testing/organisation.ts';
import { createOrganisation } from '#server/testing/people.ts';
import { testApi } from '#server/testing/test-api.ts';
import { asSystem } from './database.ts';

const api = testApi();

/** Every column that the sums are of, measured anew. */
const MEASURED = sql`
  select org_id, kind, sum(bytes)::int as bytes from (
    select org_id, 'documents' as kind, pg_column_size(state) as bytes from formula_snapshots
    union all select org_id, 'documents', pg_column_size(bytes) from damaged_documents
    union all select org_id, 'results', pg_column_size(trades) + pg_column_size(rejected) + pg_column_size(signals) + pg_column_size(equity) + pg_column_size(drawdown) + pg_column_size(benchmark) from backtest_results
    union all select org_id, 'results', pg_column_size(figures) + pg_column_size(refused) from sweep_results
    union all select org_id, 'results', pg_column_size(forward) + pg_column_size(time) + pg_column_size(equity) + pg_column_size(drawdown) + pg_column_size(benchmark) from forward_results
  ) as measured group by org_id, kind order by org_id, kind`;

async function expectRight(): Promise<void> {
  const kept = await asSystem(api.db, (tx) =>
    tx.execute(sql`select org_id, kind, bytes::int as bytes from stored_bytes where bytes <> 0 order by org_id, kind`),
  );
  const measured = await asSystem(api.db, (tx) => tx.execute(MEASURED));
  expect([...kept]).toEqual([...measured]);
}

it('what is counted is what is there, whatever is added, changed and removed', async () => {
  const [one, two] = [await createOrganisation(api.db), await createOrganisation(api.db)];
  const { formulaId, backtestId } = await fillOrganisation(api.db, one);
  await fillOrganisation(api.db, two);
  await expectRight();
  const large = Uint8Array.from({ length: 300_000 }, (_, index) => (index * 7919) % 251);
  await asSystem(api.db, (tx) =>
    tx.execute(sql`update formula_snapshots set state = ${large} where formula_id = ${formulaId}`),
  );
  await expectRight();
  await asSystem(api.db, (tx) => tx.execute(sql`delete from backtest_results where backtest_id = ${backtestId}`));
  await expectRight();
  await asSystem(api.db, (tx) =>
    tx.execute(sql`insert into backtest_results (org_id, backtest_id, trades, rejected, signals, equity, drawdown, benchmark)
    values (${one}, ${backtestId}, '[]', '[]', '[]', ${large}, ${large}, ${large})`),
  );
  await expectRight();
  await asSystem(api.db, (tx) => tx.execute(sql`delete from sweeps where org_id = ${one}`));
  await expectRight();
});
