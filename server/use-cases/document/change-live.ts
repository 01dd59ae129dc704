import type { FormulaId, OrgId } from '#core/requests/ids.ts';
import type { AskFormulas } from '#server/compute/formula-threads.ts';
import type { Tx } from '#server/db/database.ts';
import { FairConnections } from '#server/db/fair-connections.ts';
import { despiteLocks } from '#server/db/no-transaction.ts';
import { lockDocument } from '#server/db/queries/document-updates.ts';
import type { StoredDocument } from '#server/db/queries/documents.ts';
import { loadPaid } from './pay-for-loads.ts';

export interface Transaction {
  readonly tx: Tx;
  /** Said when the transaction changed nothing. */
  nothingHappened(): void;
}

/** A document of an organisation that is tended, and how. */
export interface Tending<U extends Transaction> {
  readonly orgId: OrgId;
  readonly formulaId: FormulaId;
  readonly formulas: AskFormulas;
  transact<T>(work: (unit: U) => Promise<T>): Promise<T>;
  /** Called in the transaction that changes what is stored. */
  done(unit: U, epoch: number): void;
}

interface Change<U extends Transaction, Made, Done> {
  transact<T>(work: (unit: U) => Promise<T>): Promise<T>;
  /** What takes long, in a thread where the document is large. */
  make(stored: StoredDocument): Promise<Made>;
  /** Called with the document locked, as `stored` has it. */
  take(unit: U, stored: StoredDocument, made: Made): Promise<Done>;
}

/**
 * So many wait for a thread with a document locked and a connection held, in one process: others need connections too.
 * One organisation has two of them at the most.
 */
const LOCKED_AT_ONCE = 3;
const locked = new FairConnections(LOCKED_AT_ONCE);

/**
 * Changes a live document by what is made of all of it. It is made before anything is locked, and taken when the
 * document is still the same; when somebody has edited meanwhile, it is made once more with the document locked, so
 * that nobody who types keeps it from ending. Null when there is no such document.
 */
export async function changeLive<U extends Transaction, Made, Done>(
  { orgId, formulaId }: { readonly orgId: OrgId; readonly formulaId: FormulaId },
  { transact, make, take }: Change<U, Made, Done>,
): Promise<Done | null> {
  const seen = await transact((unit) => {
    unit.nothingHappened();
    return loadPaid(unit.tx, formulaId);
  });
  if (!seen) return null;
  const made = await make(seen);
  const first = await transact(async (unit) => {
    const now = await lockDocument(unit.tx, formulaId);
    if (now?.sequence === seen.sequence && now.epoch === seen.epoch) return { done: await take(unit, seen, made) };
    unit.nothingHappened();
    return null;
  });
  if (first) return first.done;
  return locked.use(orgId, () =>
    transact(async (unit) => {
      await lockDocument(unit.tx, formulaId);
      // A statement of its own, after the lock: it sees all that was committed before it.
      const stored = await loadPaid(unit.tx, formulaId);
      if (stored) return take(unit, stored, await despiteLocks(() => make(stored)));
      unit.nothingHappened();
      return null;
    }),
  );
}
