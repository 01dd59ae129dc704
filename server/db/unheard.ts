import type { OrgId } from '#core/requests/ids.ts';
import { withOrg, type Database, type Tx } from './database.ts';

interface Unheard {
  readonly tx: Tx;
  nothingHappened(): void;
}

/** Transactions of an organisation for work of the house of which nobody need hear: what they do is on no record. */
export const unheard = (db: Database, orgId: OrgId) => ({
  transact: <T>(work: (unit: Unheard) => Promise<T>): Promise<T> =>
    withOrg(db, orgId, (tx) => work({ tx, nothingHappened: () => undefined })),
  done: (): void => undefined,
});
