import type { OrgId, UserId } from '#core/requests/ids.ts';
import { startSession } from '#server/auth/authenticate.ts';
import { createToken, hashToken } from '#server/auth/token.ts';
import { deleteSessionByToken } from '#server/db/queries/sessions.ts';
import { isDeviceKnown, isDeviceOfUser, rememberDevice } from '#server/db/queries/users.ts';
import { letterTo } from '../account/letter-to.ts';
import type { WideUnit } from '../act/act.ts';
import { traceOf, type Visitor } from '../context.ts';

/** The tokens for the cookies; the one of the device only when the browser has none yet. */
export interface Begun {
  readonly token: string;
  readonly device: string | null;
}

interface Entering {
  readonly userId: UserId;
  readonly email: string;
  readonly orgId: OrgId;
}

/**
 * Signs a person in. The session that the browser had before ends, and the device counts as theirs from now on. Who is
 * new gets a letter to confirm the address; whoever signs in on a device that nobody knows is told by a letter.
 */
export async function beginSession(
  unit: WideUnit,
  { from, tokens }: Visitor,
  { userId, email, orgId }: Entering,
  how: 'session.began' | 'account.registered',
): Promise<Begun> {
  const { tx, now } = unit;
  const before = tokens.session === null ? null : await deleteSessionByToken(tx, tokens.session);
  const token = await startSession(tx, userId, { orgId, ip: from.ip, userAgent: traceOf(from).device });
  const known = tokens.device !== null && (await isDeviceKnown(tx, tokens.device)) ? tokens.device : null;
  const device = known === null ? createToken() : null;
  const said = { from, now };
  const isKnown = known !== null && (await isDeviceOfUser(tx, known, userId));
  const letters =
    how === 'account.registered'
      ? [letterTo({ userId, email }, 'verify', said)]
      : isKnown
        ? []
        : [letterTo({ userId, email }, 'new-device', said)];
  await rememberDevice(tx, known ?? hashToken(device ?? ''), userId, now);
  unit.happenedIn(orgId, { kind: 'person', userId }, how, { userId, before, letters });
  return { token, device };
}
