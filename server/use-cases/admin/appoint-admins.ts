import type { OrgId } from '#core/requests/ids.ts';
import { idOf } from '#core/requests/ids.ts';
import type { Database } from '#server/db/database.ts';
import { listUsersOf, setPlatformAdmin } from '#server/db/queries/admin.ts';
import { actAcross } from '../act/act.ts';
import { freely } from '../act/right.ts';
import { INSTALLATION_CHAIN } from '../audit/chain.ts';
import { NOWHERE } from '../context.ts';

const INSTALLATION: OrgId = idOf('organisation', INSTALLATION_CHAIN);

/**
 * Gives the accounts of these addresses, as far as they are there, the role of the installation. Where letters are
 * sent, an address counts once it is confirmed: anybody could register with it.
 */
export function appointAdmins(db: Database, emails: readonly string[], mustBeVerified: boolean): Promise<void> {
  return actAcross(
    { db, now: new Date(), from: NOWHERE },
    freely('whoever starts the server says so'),
    async (unit) => {
      const appointed = await listUsersOf(unit.tx, emails, mustBeVerified);
      await setPlatformAdmin(unit.tx, appointed, true);
      unit.nothingHappened();
      for (const userId of appointed)
        unit.happenedIn(null, { kind: 'system', task: 'ADMIN_EMAILS', orgId: INSTALLATION }, 'admin.appointed', {
          userId,
        });
    },
  );
}
