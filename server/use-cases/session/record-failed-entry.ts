import { listOrganisationsOfUser } from '#server/db/queries/organisations.ts';
import { findUserByEmail } from '#server/db/queries/users.ts';
import { actAcross } from '../act/act.ts';
import { freely } from '../act/right.ts';
import type { Anonymous } from '../context.ts';

/**
 * Tells the organisation of an account that somebody failed to enter as it. Nobody waits for this: it would show that
 * the account exists.
 */
export function recordFailedEntry(context: Anonymous, email: string): Promise<void> {
  return actAcross(context, freely('a stranger has no right to fail'), async (unit) => {
    const { tx } = unit;
    const user = await findUserByEmail(tx, email);
    const [organisation] = user ? await listOrganisationsOfUser(tx, user.id) : [];
    if (user && organisation)
      unit.happenedIn(organisation.id, { kind: 'stranger' }, 'session.failed', { userId: user.id });
    else unit.nothingHappened();
  });
}
