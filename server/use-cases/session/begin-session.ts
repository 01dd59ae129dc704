import { notifyAccessChanged } from '#server/auth/access-changed.ts';
import { startSession } from '#server/auth/authenticate.ts';
import { createToken, hashToken } from '#server/auth/token.ts';
import type { Tx } from '#server/db/database.ts';
import { insertAudit } from '#server/db/queries/audit.ts';
import { deleteSessionByToken } from '#server/db/queries/sessions.ts';
import { isDeviceKnown, rememberDevice } from '#server/db/queries/users.ts';
import { traceOf } from '../audit.ts';
import type { Visitor } from '../context.ts';

/** The tokens for the cookies; the one of the device only when the browser has none yet. */
export interface Begun {
  readonly token: string;
  readonly device: string | null;
}

/** Signs a person in. The session that the browser had before ends, and the device counts as theirs from now on. */
export async function beginSession(
  tx: Tx,
  { from, now, tokens }: Visitor,
  userId: string,
  orgId: string,
  action: 'session.began' | 'account.registered',
): Promise<Begun> {
  const before = tokens.session === null ? null : await deleteSessionByToken(tx, tokens.session);
  if (before) await notifyAccessChanged(tx, before);
  const token = await startSession(tx, userId, { orgId, ip: from.ip, userAgent: traceOf(from).device });
  const known = tokens.device !== null && (await isDeviceKnown(tx, tokens.device)) ? tokens.device : null;
  const device = known === null ? createToken() : null;
  await rememberDevice(tx, known ?? hashToken(device ?? ''), userId, now);
  await insertAudit(tx, { orgId, actorId: userId, ...traceOf(from), action, entity: 'session', entityId: userId });
  return { token, device };
}
