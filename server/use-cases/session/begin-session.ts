import type { OrgId, UserId } from '#core/requests/ids.ts';
import { startSession } from '#server/auth/authenticate.ts';
import { createToken, hashToken } from '#server/auth/token.ts';
import { deleteSessionByToken } from '#server/db/queries/sessions.ts';
import { isDeviceKnown, rememberDevice } from '#server/db/queries/users.ts';
import type { WideUnit } from '../act/act.ts';
import { traceOf, type Visitor } from '../context.ts';

/** The tokens for the cookies; the one of the device only when the browser has none yet. */
export interface Begun {
  readonly token: string;
  readonly device: string | null;
}

/** Signs a person in. The session that the browser had before ends, and the device counts as theirs from now on. */
export async function beginSession(
  unit: WideUnit,
  { from, tokens }: Visitor,
  { userId, orgId }: { readonly userId: UserId; readonly orgId: OrgId },
  how: 'session.began' | 'account.registered',
): Promise<Begun> {
  const { tx, now } = unit;
  const before = tokens.session === null ? null : await deleteSessionByToken(tx, tokens.session);
  const token = await startSession(tx, userId, { orgId, ip: from.ip, userAgent: traceOf(from).device });
  const known = tokens.device !== null && (await isDeviceKnown(tx, tokens.device)) ? tokens.device : null;
  const device = known === null ? createToken() : null;
  await rememberDevice(tx, known ?? hashToken(device ?? ''), userId, now);
  unit.happenedIn(orgId, { kind: 'person', userId }, how, { userId, before });
  return { token, device };
}
