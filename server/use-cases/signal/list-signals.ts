import type { BotId } from '#core/requests/ids.ts';
import { listSignals as select } from '#server/db/queries/bots.ts';
import type { Page } from '#server/db/queries/keyset.ts';
import { read } from '../act/read.ts';
import type { Caller } from '../context.ts';

export function listSignals(caller: Caller, wanted: Page & { readonly botId?: BotId | undefined }) {
  const { orgId } = caller.principal;
  return read(caller, 'org.read', async (tx) => {
    const rows = await select(tx, orgId, wanted);
    return rows.map((row) => ({ ...row, emittedAt: row.emittedAt.getTime() }));
  });
}
