import { passwordProblem } from '#server/auth/password-rules.ts';
import { hashPassword, verifyPassword } from '#server/auth/passwords.ts';
import { findUserByEmail, insertUser } from '#server/db/queries/users.ts';
import { isUniqueViolation } from '#server/db/unique-violation.ts';
import { AppError } from '#server/errors.ts';
import { actAcross } from '../act/act.ts';
import { readAcross } from '../act/read.ts';
import type { Visitor } from '../context.ts';
import { DEMO } from '../demo/demo.ts';
import { foundOrganisation } from '../team/found-organisation.ts';
import { acceptInvitation, findInvitationFor } from '../team/invitation.ts';
import { beginSession, type Begun } from './begin-session.ts';
import { enter, ENTERS, takeEntry, type Entered } from './enter.ts';

export interface Registration {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  /** A new organisation of this name, or the one that an invitation's token is for. */
  readonly joins: { readonly organisation: string } | { readonly invitation: string };
}

/**
 * Makes an account, with a new organisation (which has a market to begin with) or in the one it was invited to, and
 * signs it in. Whoever has an account with this address and password already is signed in to that account; with another
 * password they are told nothing of it.
 */
export async function register(context: Visitor, input: Registration): Promise<Entered> {
  const { joins, email } = input;
  const invitation = 'invitation' in joins ? joins.invitation : undefined;
  // Before anything depends on whether the address has an account: what is wrong here must say nothing of that.
  const organisation = 'organisation' in joins ? joins.organisation : '';
  const problem = await passwordProblem(input.password, {
    email,
    names: [input.name, organisation],
    published: [DEMO.password],
  });
  if (problem) throw new AppError('INVALID', problem, { field: 'password' });
  if (invitation !== undefined)
    await readAcross(context.db, ENTERS, (tx) => findInvitationFor(tx, email, invitation, context.now));
  const attempt = await takeEntry(context, email);
  const made = await make();
  const entered: Entered = made ? { kind: 'in', begun: made } : await enterExisting();
  await attempt.succeeded();
  return entered;

  /** Null when the address has an account. */
  async function make(): Promise<Begun | null> {
    if (await readAcross(context.db, ENTERS, (tx) => findUserByEmail(tx, email))) return null;
    const passwordHash = await hashPassword(input.password, attempt.turn);
    try {
      return await actAcross(context, ENTERS, async (unit) => {
        const userId = await insertUser(unit.tx, { name: input.name, email, passwordHash });
        const orgId =
          'invitation' in joins
            ? await acceptInvitation(unit, { userId, email }, joins.invitation)
            : await foundOrganisation(unit, userId, joins.organisation);
        return beginSession(unit, context, { userId, email, orgId }, 'account.registered');
      });
    } catch (error) {
      // Somebody registered the same address meanwhile.
      if (isUniqueViolation(error)) return null;
      throw error;
    }
  }

  async function enterExisting(): Promise<Entered> {
    const user = await readAcross(context.db, ENTERS, (tx) => findUserByEmail(tx, email));
    const matches = await verifyPassword(user?.passwordHash ?? null, input.password, attempt.turn);
    if (!user || !matches)
      throw new AppError(
        'INVALID',
        'No account could be made with this address and password. If you have an account already, sign in with its password; otherwise use another address.',
      );
    return enter(context, user, invitation);
  }
}
