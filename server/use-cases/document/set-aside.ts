import { withOrg, type Database } from '#server/db/database.ts';
import { insertAudit } from '#server/db/queries/audit.ts';
import { markUnreadable } from '#server/db/queries/damaged-documents.ts';
import { isAppError } from '#server/errors.ts';
import { appendEvent } from '#server/live/append-event.ts';
import type { Log } from '#server/observability/log.ts';

interface Place {
  readonly orgId: string;
  readonly formulaId: string;
}

/** Throws `error` again. When it says that the document can't be read, that is on record before, once, and nothing tends the document any more. */
export async function setAsideIfUnreadable(
  { db, log }: { readonly db: Database; readonly log: Log },
  { orgId, formulaId }: Place,
  error: unknown,
): Promise<never> {
  if (isAppError(error) && error.code === 'UNREADABLE') {
    const isNew = await withOrg(db, orgId, async (tx) => {
      if (!(await markUnreadable(tx, formulaId))) return false;
      await insertAudit(tx, {
        orgId,
        actorId: null,
        action: 'document.set-aside',
        entity: 'formula',
        entityId: formulaId,
      });
      await appendEvent(tx, orgId, { kind: 'formula.changed', payload: { formulaId } });
      return true;
    });
    if (isNew) log.error({ err: error, formulaId }, 'a document can not be read and is set aside');
  }
  throw error;
}
