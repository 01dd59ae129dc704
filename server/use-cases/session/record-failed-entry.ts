import { asSystem } from '#server/db/database.ts';
import { insertAudit } from '#server/db/queries/audit.ts';
import { listOrganisationsOfUser } from '#server/db/queries/organisations.ts';
import { findUserByEmail } from '#server/db/queries/users.ts';
import { traceOf } from '../audit.ts';
import type { Anonymous } from '../context.ts';

/** Tells the organisation of an account that somebody failed to enter as it. Nobody waits for this: it would show that the account exists. */
export function recordFailedEntry({ db, from }: Anonymous, email: string): Promise<void> {
  return asSystem(db, async (tx) => {
    const user = await findUserByEmail(tx, email);
    const [organisation] = user ? await listOrganisationsOfUser(tx, user.id) : [];
    if (user && organisation)
      await insertAudit(tx, {
        orgId: organisation.id,
        ...traceOf(from),
        action: 'session.failed',
        entity: 'account',
        entityId: user.id,
      });
  });
}
