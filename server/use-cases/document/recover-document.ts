import * as Y from 'yjs';
import { salvage } from '#collab/salvage.ts';
import { toFormula } from '#collab/to-formula.ts';
import { fromJsonText } from '#core/formula/json/json.ts';
import { EMPTY_FORMULA, type Formula } from '#core/formula/model/formula.ts';
import { readFormula, readStored } from '#server/compute/formula/read-stored.ts';
import type { Tx } from '#server/db/database.ts';
import { listVersionContents, replaceDamaged, type StoredRows } from '#server/db/queries/damaged-documents.ts';
import { notifyDocument } from '#server/db/queries/document-updates.ts';
import { insertEndedEpoch } from '#server/db/queries/epochs.ts';
import { findFormula, lockFormula } from '#server/db/queries/formulas.ts';
import { AppError, isAppError } from '#server/errors.ts';
import { act } from '../act/act.ts';
import { read } from '../act/read.ts';
import type { Caller } from '../context.ts';
import { newDocument } from './draft.ts';
import { loadRowsPaid, lockRowsPaid } from './pay-for-loads.ts';

/** So many versions are looked through for one that can be read. */
const VERSIONS_LOOKED_AT = 50;

export interface Damage {
  /**
   * How much of what was written can be read: the whole of the document before, and each change since, count as one.
   */
  readonly changes: { readonly readable: number; readonly all: number };
  /** How many nodes what can be read has; null when it can't be shown as a formula. */
  readonly nodes: number | null;
  /** The newest version that can be read. */
  readonly version: {
    readonly id: string;
    /** Null when it is what was run. */
    readonly number: number | null;
    readonly message: string;
    readonly author: string;
    readonly createdAt: number;
  } | null;
}

/** What is wrong with a document, and what it can be made from; null when nothing is. */
export function findDamage(caller: Caller, { formulaId }: { readonly formulaId: string }): Promise<Damage | null> {
  const { orgId } = caller.principal;
  return read(caller, 'org.read', async (tx) => {
    if (!(await findFormula(tx, orgId, formulaId))) throw new AppError('NOT_FOUND', 'There is no such formula.');
    const rows = await loadRowsPaid(tx, formulaId);
    if (isWhole(rows)) return null;
    const { formula, read: parts } = readable(rows);
    const version = await findGoodVersion(tx, formulaId);
    return {
      changes: { readable: parts, all: rows.updates.length + 1 },
      nodes: formula && Object.keys(formula.nodes).length,
      version: version && {
        id: version.id,
        number: version.number,
        message: version.message,
        author: version.author,
        createdAt: version.createdAt.getTime(),
      },
    };
  });
}

/**
 * Puts a fresh document, in a new epoch, in the place of one that can't be read: what can be read of it, or its newest
 * good version. What was stored is kept beside. Browsers with changes of their own make them once more, as after a
 * re-base.
 */
export function recoverDocument(
  caller: Caller,
  { formulaId, from }: { readonly formulaId: string; readonly from: 'readable' | 'version' },
): Promise<{ epoch: number }> {
  const { orgId } = caller.principal;
  return act(caller, 'formula.edit', async ({ tx, happened }) => {
    // The document before the formula's row, in the order in which an append takes them.
    const first = await lockRowsPaid(tx, formulaId);
    const isThere = await lockFormula(tx, orgId, formulaId);
    // Without a snapshot there was no row to lock, and somebody may have recovered the formula meanwhile.
    const rows = first.snapshot ? first : await lockRowsPaid(tx, formulaId);
    const found = isThere ? await findFormula(tx, orgId, formulaId) : null;
    if (!found) throw new AppError('NOT_FOUND', 'There is no such formula.');
    if (isWhole(rows))
      throw new AppError('CONFLICT', 'The formula can be read. Somebody has recovered it already: open it anew.');
    const { formula, had, read: parts } = readable(rows);
    const version = from === 'version' ? await findGoodVersion(tx, formulaId) : null;
    if (from === 'version' && !version)
      throw new AppError(
        'NOT_FOUND',
        'No version of this formula can be read. Recover what can be read of the formula instead.',
      );
    const epoch = rows.epoch + 1;
    const sequence = (rows.updates.at(-1)?.sequence ?? rows.sequence) + 1;
    const state = newDocument(formulaId, version?.formula ?? formula ?? EMPTY_FORMULA, found.name, epoch);
    if (rows.snapshot) await insertEndedEpoch(tx, formulaId, { epoch: rows.epoch, had });
    await replaceDamaged(tx, { orgId, formulaId, epoch, sequence, state }, rows);
    await notifyDocument(tx, formulaId, sequence);
    happened('document.recovered', {
      formulaId,
      epoch: [rows.epoch, epoch],
      changes: [rows.updates.length + 1, version ? null : parts],
      version: [null, version?.number ?? null],
    });
    return { epoch };
  });
}

const bytesOf = ({ snapshot, updates }: StoredRows): readonly Uint8Array[] => [
  ...(snapshot ? [snapshot] : []),
  ...updates.map(({ bytes }) => bytes),
];

function isWhole(rows: StoredRows): boolean {
  if (!rows.snapshot) return false;
  try {
    const doc = readStored({ updates: bytesOf(rows) });
    readFormula(doc);
    doc.destroy();
    return true;
  } catch (error) {
    if (isAppError(error)) return false;
    throw error;
  }
}

function readable(rows: StoredRows): {
  readonly formula: Formula | null;
  readonly read: number;
  readonly had: Uint8Array;
} {
  const { doc, read } = salvage(bytesOf(rows));
  try {
    return { formula: formulaIn(doc), read: read.length, had: Y.encodeSnapshot(Y.snapshot(doc)) };
  } finally {
    doc.destroy();
  }
}

function formulaIn(doc: Y.Doc): Formula | null {
  try {
    return toFormula(doc).formula;
  } catch {
    return null;
  }
}

/** Their text is looked at, not their document: fewer things can be wrong with it. */
async function findGoodVersion(tx: Tx, formulaId: string) {
  for (let offset = 0; offset < VERSIONS_LOOKED_AT; offset += 1) {
    const [version] = await listVersionContents(tx, formulaId, { limit: 1, offset });
    if (!version) return null;
    const { formula, diagnostics } = fromJsonText(version.json);
    if (diagnostics.every(({ severity }) => severity !== 'error')) return { ...version, formula };
  }
  return null;
}
