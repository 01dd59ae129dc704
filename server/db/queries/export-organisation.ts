import { sql, type SQL, type SQLWrapper } from 'drizzle-orm';
import type { Tx } from '../database.ts';
import { DECLARED_RIGHTS, type TableRights } from '../rights/declared-rights.ts';

/** Of no use to anybody outside: places in queues, and who is signed in at this moment. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  'sessions',
  'open_documents',
  'realtime_servers',
  'event_streams',
  'events',
  'stored_bytes',
]);

/**
 * A table with what the people of an organisation may read of it; derived from the rights, so that none is forgotten.
 */
interface ExportedTable {
  readonly name: string;
  readonly columns: 'all' | readonly string[];
}

export const EXPORTED_TABLES: readonly ExportedTable[] = Object.entries<TableRights>(DECLARED_RIGHTS).flatMap(
  ([name, { app }]) => (LEFT_OUT.has(name) || !app?.select ? [] : [{ name, columns: app.select }]),
);

/** The columns of the primary key, in its order. */
export async function keyOf(tx: Tx, table: string): Promise<readonly string[]> {
  const rows = await tx.execute<{ name: string }>(sql`
    select a.attname as name from pg_index i
    join unnest(i.indkey) with ordinality as key(number, place) on true
    join pg_attribute a on a.attrelid = i.indrelid and a.attnum = key.number
    where i.indrelid = ${`public.${table}`}::regclass and i.indisprimary order by key.place`);
  return rows.map(({ name }) => name);
}

const joined = (parts: readonly SQLWrapper[]): SQL => sql.join([...parts], sql`, `);

/**
 * Rows behind `last`, in the order of their keys, each as JSON; as the app's role, which sees those of one
 * organisation.
 */
export async function listRows(
  tx: Tx,
  { name, columns }: ExportedTable,
  key: readonly string[],
  { last, limit }: { readonly last: string | null; readonly limit: number },
): Promise<readonly string[]> {
  const table = sql.identifier(name);
  const names = joined(key.map((one) => sql.identifier(one)));
  const chosen = columns === 'all' ? sql`*` : joined(columns.map((one) => sql.identifier(one)));
  const behind =
    last === null
      ? sql``
      : sql`where (${names}) > (select ${names} from jsonb_populate_record(null::${table}, ${last}::text::jsonb))`;
  const rows = await tx.execute<{ row: string }>(sql`
    select to_jsonb(chosen)::text as row
    from (select ${chosen} from ${table} ${behind} order by ${names} limit ${limit}) as chosen`);
  return rows.map(({ row }) => row);
}
