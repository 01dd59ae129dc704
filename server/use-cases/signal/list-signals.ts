import { listSignals as select } from '#server/db/queries/bots.ts';
import { read } from '../act/read.ts';
import type { Caller } from '../context.ts';

interface SignalsWanted {
  readonly botId?: string | undefined;
  /** UTC milliseconds. */
  readonly before?: number | undefined;
  readonly limit: number;
}

export function listSignals(caller: Caller, { botId, before, limit }: SignalsWanted) {
  const { orgId } = caller.principal;
  return read(caller, 'org.read', async (tx) => {
    const rows = await select(tx, orgId, {
      botId,
      limit,
      before: before === undefined ? undefined : new Date(before),
    });
    return rows.map((row) => ({ ...row, emittedAt: row.emittedAt.getTime() }));
  });
}
