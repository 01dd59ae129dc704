import type { AskFormulas } from '#server/compute/formula-threads.ts';
import type { Database } from '#server/db/database.ts';
import { findDocumentsToCompact, findDocumentsToRebase, type DocumentPlace } from '#server/db/queries/document-care.ts';
import { forgetEpochsEndedBefore } from '#server/db/queries/epochs.ts';
import type { Log } from '#server/observability/log.ts';
import { act, actAcross, type Unit } from '../act/act.ts';
import { readAcross } from '../act/read.ts';
import { freely } from '../act/right.ts';
import { bySystem, NOWHERE } from '../context.ts';
import type { Tending } from './change-live.ts';
import { compactDocument } from './compact-document.ts';
import { rebaseDocument } from './rebase-document.ts';
import { setAsideIfUnreadable } from './set-aside.ts';

/**
 * The realtime server compacts when the last person leaves. What has more than a few updates after that was left by one
 * that was killed.
 */
const COMPACT_ROWS = 20;
const COMPACT_QUIET_MS = 10 * 60_000;

/**
 * An edit costs the server 16 µs in a document written by one client, 26 µs by 200, 52 µs by 500, 230 µs by 2,000, 2.3
 * ms by 5,000.
 */
const REBASE_CLIENTS = 200;
/**
 * Each piece that is dead costs 10 to 25 bytes and some time for everybody who opens the document. 2,000 are 20 KB and
 * more beside the 9 KB of a formula with 100 nodes; with 20,000 a browser takes 8 ms longer for each edit.
 */
const REBASE_DEAD = 2_000;
/**
 * Those who have the document open lose their steps of undo by it: by then they have long gone on to something else.
 */
const REBASE_QUIET_MS = 60 * 60_000;

/**
 * A browser that comes back later than this with changes that were committed, and of which it was never told so, makes
 * them twice.
 */
const EPOCHS_KEPT_MS = 400 * 86_400_000;

/** So many in one run; the others have their turn in the next. */
const LIMIT = 200;

const MAINTENANCE = freely('the house looks after its documents');

interface Maintenance {
  readonly db: Database;
  readonly log: Log;
  readonly formulas: AskFormulas;
}

/** Makes snapshot and updates one again where nobody is there to cause it. */
export async function compactIdleDocuments(care: Maintenance): Promise<void> {
  const places = await readAcross(care.db, MAINTENANCE, (tx) =>
    findDocumentsToCompact(tx, { rows: COMPACT_ROWS, quietMs: COMPACT_QUIET_MS, limit: LIMIT }),
  );
  await maintainEach(care, places, function compact(place) {
    return compactDocument({ ...place, done: ({ nothingHappened }) => nothingHappened() });
  });
}

/** Puts fresh copies in the place of documents that have become dear to edit. */
export async function rebaseQuietDocuments(care: Maintenance): Promise<void> {
  const places = await readAcross(care.db, MAINTENANCE, (tx) =>
    findDocumentsToRebase(tx, { clients: REBASE_CLIENTS, dead: REBASE_DEAD, quietMs: REBASE_QUIET_MS, limit: LIMIT }),
  );
  await maintainEach(care, places, function rebase(place) {
    const { formulaId } = place;
    return rebaseDocument({
      ...place,
      done: ({ happened }, epoch) => happened('document.rebased', { formulaId, epoch }),
    });
  });
}

/** Forgets what documents had at the end of epochs that nobody will come back from. */
export async function forgetOldEpochs({ db }: Pick<Maintenance, 'db'>): Promise<void> {
  await actAcross({ db, now: new Date(), from: NOWHERE }, MAINTENANCE, async ({ tx, nothingHappened }) => {
    await forgetEpochsEndedBefore(tx, EPOCHS_KEPT_MS);
    nothingHappened();
  });
}

/** A document that fails stays as it is, and keeps no other document from its turn. */
async function maintainEach(
  { db, log, formulas }: Maintenance,
  places: readonly DocumentPlace[],
  work: (place: Omit<Tending<Unit>, 'done'>) => Promise<unknown>,
): Promise<void> {
  for (const { orgId, formulaId } of places) {
    const caller = bySystem(db, { task: `${work.name}-documents`, orgId });
    await work({ orgId, formulaId, formulas, transact: (one) => act(caller, MAINTENANCE, one) })
      .catch((error: unknown) => setAsideIfUnreadable({ db, log }, { orgId, formulaId }, error))
      .catch((error: unknown) => log.error({ err: error, formulaId, work: work.name }, 'a document was not tended'));
  }
}
