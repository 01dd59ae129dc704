import { EXPORTED_TABLES, keyOf, listRows } from '#server/db/queries/export-organisation.ts';
import { act } from '../act/act.ts';
import { read } from '../act/read.ts';
import type { Caller } from '../context.ts';

/** Whoever takes everything home is in the audit. */
export const recordExport = (caller: Caller): Promise<void> =>
  act(caller, 'owner.manage', async ({ principal: { orgId }, happened }) => {
    happened('organisation.exported', { orgId });
  });

/** Rows that are read at a time: the largest have a megabyte. */
const AT_ONCE = 20;

/**
 * Everything that an organisation has, a line of JSON a row: `{"table": …, "row": …}`, bytes as Postgres writes them
 * (`\x…`). The parts are read one after the other, each as it is then: whoever wants one moment lets nobody work
 * meanwhile. The last line says that the file is whole.
 */
export async function* writeOrganisation(caller: Caller): AsyncGenerator<string> {
  const { principal, now } = caller;
  yield `${JSON.stringify({ organisation: principal.orgId, at: now.toISOString() })}\n`;
  let written = 0;
  for (const table of EXPORTED_TABLES) {
    const key = await read(caller, 'owner.manage', (tx) => keyOf(tx, table.name));
    let last: string | null = null;
    for (;;) {
      const page: { readonly last: string | null; readonly limit: number } = { last, limit: AT_ONCE };
      const rows: readonly string[] = await read(caller, 'owner.manage', (tx) => listRows(tx, table, key, page));
      if (rows.length > 0) yield rows.map((row) => `{"table":"${table.name}","row":${row}}\n`).join('');
      written += rows.length;
      last = rows.at(-1) ?? null;
      if (rows.length < AT_ONCE) break;
    }
  }
  yield `${JSON.stringify({ whole: true, rows: written })}\n`;
}
