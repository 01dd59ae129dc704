import type { FormulaId, OrgId, VersionId } from '#core/requests/ids.ts';
import type { StoredParts } from '#server/compute/formula/mend-document.ts';
import type { Tx } from '#server/db/database.ts';
import { listVersionContents, replaceDamaged, type StoredRows } from '#server/db/queries/damaged-documents.ts';
import { notifyDocument } from '#server/db/queries/document-updates.ts';
import { insertEndedEpoch } from '#server/db/queries/epochs.ts';
import { findFormula, lockFormula } from '#server/db/queries/formulas.ts';
import { AppError } from '#server/errors.ts';
import type { Permission } from '#server/policies/permissions.ts';
import { act } from '../act/act.ts';
import { read } from '../act/read.ts';
import type { Reader } from '../context.ts';
import { loadRowsPaid, lockRowsPaid, payForBytes } from './pay-for-loads.ts';

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
    readonly id: VersionId;
    /** Null when it is what was run. */
    readonly number: number | null;
    readonly message: string;
    readonly author: string;
    readonly createdAt: number;
  } | null;
}

/** What is wrong with a document, and what it can be made from; null when nothing is. */
export async function findDamage(caller: Reader, formula: { readonly formulaId: FormulaId }): Promise<Damage | null> {
  const { orgId } = caller.principal;
  const { rows } = await read(caller, 'org.read', (tx) => readRows(tx, orgId, formula.formulaId));
  const readable = await caller.formulas(orgId, 'readable', partsOf(rows));
  if (!readable) return null;
  const version = await findGoodVersion(caller, 'org.read', formula);
  return {
    changes: { readable: readable.parts, all: rows.updates.length + 1 },
    nodes: readable.nodes,
    version: version && {
      id: version.id,
      number: version.number,
      message: version.message,
      author: version.author,
      createdAt: version.createdAt.getTime(),
    },
  };
}

/**
 * Puts a fresh document, in a new epoch, in the place of one that can't be read: what can be read of it, or its newest
 * good version. What was stored is kept beside. Browsers with changes of their own make them once more, as after a
 * re-base. What takes long is done before anything is locked.
 */
export async function recoverDocument(
  caller: Reader,
  { formulaId, from }: { readonly formulaId: FormulaId; readonly from: 'readable' | 'version' },
): Promise<{ epoch: number }> {
  const { orgId } = caller.principal;
  const { name, rows } = await read(caller, 'formula.edit', (tx) => readRows(tx, orgId, formulaId));
  const version = from === 'version' ? await findGoodVersion(caller, 'formula.edit', { formulaId }) : null;
  const epoch = rows.epoch + 1;
  const fresh = { formulaId, title: name, epoch, json: version?.json ?? null };
  const mended = await caller.formulas(orgId, 'mend', { ...partsOf(rows), ...fresh });
  if (!mended) throw recovered();
  if (from === 'version' && !version)
    throw new AppError(
      'NOT_FOUND',
      'No version of this strategy can be read. Recover what can be read of the strategy instead.',
    );
  const { state, had, parts } = mended;
  return act(caller, 'formula.edit', async ({ tx, happened }) => {
    // The document before the formula's row, in the order in which an append takes them.
    const first = await lockRowsPaid(tx, formulaId);
    const isThere = await lockFormula(tx, orgId, formulaId);
    if (!isThere) throw noFormula();
    // Without a snapshot there was no row to lock, and somebody may have recovered the formula meanwhile.
    const now = first.snapshot ? first : await lockRowsPaid(tx, formulaId);
    if (!isSame(now, rows)) throw recovered();
    const sequence = (rows.updates.at(-1)?.sequence ?? rows.sequence) + 1;
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

const noFormula = (): AppError => new AppError('NOT_FOUND', 'There is no such strategy.');
const recovered = (): AppError =>
  new AppError('CONFLICT', 'The strategy can be read. Somebody has recovered it already: open it anew.');

async function readRows(tx: Tx, orgId: OrgId, formulaId: FormulaId): Promise<{ name: string; rows: StoredRows }> {
  const found = await findFormula(tx, orgId, formulaId);
  if (!found) throw noFormula();
  return { name: found.name, rows: await loadRowsPaid(tx, formulaId) };
}

const partsOf = ({ snapshot, updates }: StoredRows): StoredParts => ({
  updates: [...(snapshot ? [snapshot] : []), ...updates.map(({ bytes }) => bytes)],
  hasSnapshot: snapshot !== null,
});

/** A damaged document is only ever replaced, or grows. */
const isSame = (now: StoredRows, then: StoredRows): boolean =>
  now.epoch === then.epoch &&
  now.sequence === then.sequence &&
  (now.snapshot === null) === (then.snapshot === null) &&
  now.updates.length === then.updates.length;

async function findGoodVersion(caller: Reader, right: Permission, { formulaId }: { readonly formulaId: FormulaId }) {
  for (let offset = 0; offset < VERSIONS_LOOKED_AT; offset += 1) {
    const [version] = await read(caller, right, (tx) => listVersionContents(tx, formulaId, { limit: 1, offset }));
    if (!version) return null;
    await payForBytes(version.json.length);
    if (await caller.formulas(caller.principal.orgId, 'isSound', { json: version.json })) return version;
  }
  return null;
}
