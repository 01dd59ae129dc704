import { withOrg } from '#server/db/database.ts';
import { listSignals as select, type SignalPlace } from '#server/db/queries/bots.ts';
import { requirePermission } from '#server/policies/permissions.ts';
import type { Caller } from '../context.ts';

interface SignalsWanted {
  readonly botId?: string | undefined;
  /** The last of the page before. */
  readonly before?: SignalPlace | undefined;
  readonly limit: number;
}

export function listSignals({ db, actor }: Caller, { botId, before, limit }: SignalsWanted) {
  requirePermission(actor, 'org.read');
  return withOrg(db, actor.orgId, async (tx) => {
    const rows = await select(tx, actor.orgId, { botId, limit, before });
    return rows.map((row) => ({ ...row, emittedAt: row.emittedAt.getTime() }));
  });
}
