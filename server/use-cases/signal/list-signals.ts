import { withOrg } from '#server/db/database.ts';
import { listSignals as select } from '#server/db/queries/bots.ts';
import { requirePermission } from '#server/policies/permissions.ts';
import type { Caller } from '../context.ts';

interface SignalsWanted {
  readonly botId?: string | undefined;
  /** UTC milliseconds. */
  readonly before?: number | undefined;
  readonly limit: number;
}

export function listSignals({ db, actor }: Caller, { botId, before, limit }: SignalsWanted) {
  requirePermission(actor, 'org.read');
  return withOrg(db, actor.orgId, async (tx) => {
    const rows = await select(tx, actor.orgId, {
      botId,
      limit,
      before: before === undefined ? undefined : new Date(before),
    });
    return rows.map((row) => ({ ...row, emittedAt: row.emittedAt.getTime() }));
  });
}
