import { takeAttempt } from '#server/auth/attempts.ts';
import { passwordProblem } from '#server/auth/password-rules.ts';
import { hashPassword, verifyPassword } from '#server/auth/passwords.ts';
import { hashToken } from '#server/auth/token.ts';
import type { Database } from '#server/db/database.ts';
import { countLetters, endLinks, isLinkOpen, useLink } from '#server/db/queries/account-links.ts';
import { deleteOtherSessions, requireRotationOf } from '#server/db/queries/sessions.ts';
import { findUser, findUserByEmail, findUserOfLink, markVerified, setPasswordHash } from '#server/db/queries/users.ts';
import { AppError } from '#server/errors.ts';
import type { Person } from '#server/policies/principal.ts';
import type { PayloadOf } from '#server/queue/definition.ts';
import { sendReset } from '#server/queue/definitions.ts';
import { prepareJob } from '#server/queue/prepare-job.ts';
import { actAcross } from '../act/act.ts';
import { readAcross } from '../act/read.ts';
import { freely } from '../act/right.ts';
import { NOWHERE, traceOf, type Anonymous, type Caller } from '../context.ts';
import { DEMO } from '../demo/demo.ts';
import { letterTo } from './letter-to.ts';
import { sayOfAccount } from './say-of-account.ts';
import { MOST_LETTERS } from './verify.ts';

const ASKS = freely('whoever has forgotten a password has nothing else to show');
const OWN = freely('one’s own password');

/**
 * Asks for a letter with a link. What is done here is the same for every address: whether there is an account, a job
 * finds out later.
 */
export function askForReset(caller: Anonymous, { email }: { readonly email: string }): Promise<void> {
  const { device, ip } = traceOf(caller.from);
  return actAcross(caller, ASKS, async ({ tx, nothingHappened }) => {
    nothingHappened();
    await prepareJob(sendReset, { email, device, ip })(tx);
  });
}

/** The job: a letter, where there is an account, and few of them. */
export function writeReset(db: Database, { email, device, ip }: PayloadOf<typeof sendReset>, now: Date): Promise<void> {
  return actAcross({ db, now, from: NOWHERE }, ASKS, async (unit) => {
    const user = await findUserByEmail(unit.tx, email);
    const since = new Date(now.getTime() - MOST_LETTERS.inMs);
    if (!user || (await countLetters(unit.tx, user.id, 'reset', since)) >= MOST_LETTERS.count)
      return unit.nothingHappened();
    const facts = { ...(device === null ? {} : { device }), ...(ip === null ? {} : { ip }) };
    await sayOfAccount(unit, { kind: 'stranger' }, 'account.reset_asked', {
      userId: user.id,
      letters: [{ kind: 'reset', userId: user.id, address: user.email, facts }],
    });
  });
}

const GONE = () =>
  new AppError(
    'NOT_FOUND',
    'This link does not work any more: it was used, or it has expired. Ask for another letter.',
  );

/** Whether the page of a reset has a use. */
export async function checkReset({ db, now }: Anonymous, { token }: { readonly token: string }): Promise<void> {
  if (!(await readAcross(db, ASKS, (tx) => isLinkOpen(tx, hashToken(token), 'reset', now)))) throw GONE();
}

/**
 * Sets a new password by the link of a letter. Ends all sessions, and starts none: a second factor is asked for at the
 * sign-in as before.
 */
export async function resetPassword(
  caller: Anonymous,
  { token, password }: { readonly token: string; readonly password: string },
): Promise<void> {
  const { db, now, from } = caller;
  const user = await readAcross(db, ASKS, (tx) => findUserOfLink(tx, hashToken(token), now));
  if (!user) throw GONE();
  await requireGoodPassword(user, password);
  const passwordHash = await hashPassword(password, { share: from.ip ?? user.id, account: user.id });
  await actAcross(caller, ASKS, async (unit) => {
    const { tx } = unit;
    const link = await useLink(tx, hashToken(token), ['reset'], now);
    if (!link) throw GONE();
    await setPasswordHash(tx, [link.userId], passwordHash);
    await endLinks(tx, link.userId, 'reset', now);
    await deleteOtherSessions(tx, link.userId, null);
    // Whoever opened the link reads the letters.
    if (link.email === user.email) await markVerified(tx, link.userId, now);
    await sayOfAccount(unit, { kind: 'stranger' }, 'account.password_reset', {
      userId: link.userId,
      endsSessions: true,
      letters: [letterTo({ userId: link.userId, email: user.email }, 'password-reset', { from, now })],
    });
  });
}

/** Changes one’s own password. Ends all other sessions; this one gets a new token. */
export async function changePassword(
  caller: Caller<Person>,
  { current, password }: { readonly current: string; readonly password: string },
): Promise<void> {
  const { db, from, now, principal } = caller;
  const user = await readAcross(db, OWN, (tx) => findUser(tx, principal.userId));
  if (!user) throw new AppError('UNAUTHENTICATED', 'Your session has ended. Sign in again.');
  // Counted by the account alone: a session that somebody else has got is no way to guess.
  const attempt = await takeAttempt(db, {
    email: user.email,
    address: from.ip,
    device: hashToken(principal.sessionId),
  });
  if (!(await verifyPassword(user.passwordHash, current, attempt.turn)))
    throw new AppError('INVALID', 'This is not your password.', { field: 'current' });
  await attempt.succeeded();
  await requireGoodPassword(user, password);
  const passwordHash = await hashPassword(password, attempt.turn);
  await actAcross(caller, OWN, async (unit) => {
    await setPasswordHash(unit.tx, [user.id], passwordHash);
    await endLinks(unit.tx, user.id, 'reset', now);
    await deleteOtherSessions(unit.tx, user.id, principal.sessionId);
    await requireRotationOf(unit.tx, principal.sessionId);
    unit.happenedIn(principal.orgId, principal, 'account.password_changed', {
      userId: user.id,
      endsSessions: true,
      letters: [letterTo({ userId: user.id, email: user.email }, 'password-changed', { from, now })],
    });
  });
}

async function requireGoodPassword(
  { email, name }: { readonly email: string; readonly name: string },
  password: string,
): Promise<void> {
  const problem = await passwordProblem(password, { email, names: [name], published: [DEMO.password] });
  if (problem !== null) throw new AppError('INVALID', problem, { field: 'password' });
}
