import { hashPassword } from '#server/auth/passwords.ts';
import { passwordProblem } from '#server/auth/password-rules.ts';
import { startSession } from '#server/auth/authenticate.ts';
import { asSystem } from '#server/db/database.ts';
import { insertMembership, insertOrganisation } from '#server/db/queries/organisations.ts';
import { findUserByEmail, insertUser } from '#server/db/queries/users.ts';
import { AppError } from '#server/errors.ts';
import type { Anonymous } from '../context.ts';
import { addSampleMarket } from '../market/sample-market.ts';
import { acceptInvitation } from '../team/invitation.ts';

export interface Registration {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  /** A new organisation of this name, or the one that an invitation's token is for. */
  readonly joins: { readonly organisation: string } | { readonly invitation: string };
}

/** Makes an account, with a new organisation (which has a market to begin with) or in the one it was invited to, and signs it in. Returns the session's token. */
export async function register(context: Anonymous, input: Registration): Promise<{ token: string }> {
  const problem = passwordProblem(input.password, input);
  if (problem) throw new AppError('INVALID', problem, { field: 'password' });
  const passwordHash = await hashPassword(input.password);
  return asSystem(context.db, async (tx) => {
    if (await findUserByEmail(tx, input.email)) {
      throw new AppError('CONFLICT', 'There is an account with this address already. Sign in instead.', { field: 'email' });
    }
    const userId = await insertUser(tx, { name: input.name, email: input.email, passwordHash });
    const orgId =
      'invitation' in input.joins
        ? await acceptInvitation(tx, context, { userId, email: input.email }, input.joins.invitation)
        : await found(input.joins.organisation);
    return { token: await startSession(tx, userId, { orgId, ...context.from }) };

    async function found(organisation: string): Promise<string> {
      const id = await insertOrganisation(tx, organisation);
      await insertMembership(tx, { orgId: id, userId, role: 'owner' });
      await addSampleMarket(tx, id);
      return id;
    }
  });
}
