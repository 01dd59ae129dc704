import type { Tx } from '#server/db/database.ts';
import { insertAudit } from '#server/db/queries/audit.ts';
import type { Caller } from './context.ts';

interface Act {
  readonly action: string;
  readonly entity: string;
  readonly entityId: string;
  /** `{ field: [before, after] }` */
  readonly difference?: Record<string, readonly [unknown, unknown]>;
}

/** Records an act in the transaction that does it, so that neither exists without the other. */
export function recordAct(tx: Tx, caller: Pick<Caller, 'actor' | 'from'>, act: Act): Promise<void> {
  return insertAudit(tx, { orgId: caller.actor.orgId, actorId: caller.actor.userId, ip: caller.from.ip, ...act });
}
