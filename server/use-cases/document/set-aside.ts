import type { FormulaId, OrgId } from '#core/requests/ids.ts';
import type { Database } from '#server/db/database.ts';
import { markUnreadable } from '#server/db/queries/damaged-documents.ts';
import { isAppError } from '#server/errors.ts';
import type { Log } from '#server/observability/log.ts';
import { act } from '../act/act.ts';
import { freely } from '../act/right.ts';
import { bySystem } from '../context.ts';

interface Place {
  readonly orgId: OrgId;
  readonly formulaId: FormulaId;
}

/**
 * Throws `error` again. When it says that the document can't be read, that is on record before, once, and nothing tends
 * the document any more.
 */
export async function setAsideIfUnreadable(
  { db, log }: { readonly db: Database; readonly log: Log },
  { orgId, formulaId }: Place,
  error: unknown,
): Promise<never> {
  if (isAppError(error) && error.code === 'UNREADABLE') {
    const reason = freely('whoever finds the damage sets the document aside');
    const isNew = await act(bySystem(db, { task: 'set-aside-document', orgId }), reason, async (unit) => {
      const isMarked = await markUnreadable(unit.tx, formulaId);
      if (isMarked) unit.happened('document.set-aside', { formulaId });
      else unit.nothingHappened();
      return isMarked;
    });
    if (isNew) log.error({ err: error, formulaId }, 'a document can not be read and is set aside');
  }
  throw error;
}
