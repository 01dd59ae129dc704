import { describeDevice } from '#server/auth/describe-device.ts';
import type { Tx } from '#server/db/database.ts';
import { insertAudit } from '#server/db/queries/audit.ts';
import type { Caller, Origin } from './context.ts';

interface Act {
  readonly action: string;
  readonly entity: string;
  readonly entityId: string;
  /** `{ field: [before, after] }` */
  readonly difference?: Record<string, readonly [unknown, unknown]>;
}

/** Where an act came from, as the audit keeps it. */
export const traceOf = ({ ip, userAgent, requestId, session }: Origin) => ({
  ip,
  device: describeDevice(userAgent),
  requestId: requestId ?? null,
  session: session ?? null,
});

/** Records an act in the transaction that does it, so that neither exists without the other. */
export function recordAct(tx: Tx, { actor, from }: Pick<Caller, 'actor' | 'from'>, act: Act): Promise<void> {
  return insertAudit(tx, {
    orgId: actor.orgId,
    actorId: actor.userId,
    ...traceOf({ ...from, session: actor.sessionId }),
    ...act,
  });
}
