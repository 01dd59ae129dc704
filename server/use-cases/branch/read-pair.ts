import type { FormulaId, OrgId, VersionId } from '#core/requests/ids.ts';
import type { Tx } from '#server/db/database.ts';
import { findPair, type Pair } from '#server/db/queries/branches.ts';
import { findFormula } from '#server/db/queries/formulas.ts';
import { findVersion } from '#server/db/queries/versions.ts';
import { AppError } from '#server/errors.ts';
import { read } from '../act/read.ts';
import type { Reader } from '../context.ts';
import { readDraft } from '../document/draft.ts';
import { payForText } from '../document/pay-for-loads.ts';

/** A branch and its origin, whichever is merged into the other. */
export interface Sides {
  readonly into: FormulaId;
  readonly from: FormulaId;
}

export interface ReadPair extends Pair {
  readonly intoName: string;
  readonly fromName: string;
  /** What both sides are compared with. */
  readonly base: {
    readonly id: VersionId;
    readonly formulaId: FormulaId;
    readonly number: number;
    readonly json: string;
  };
}

/** NOT_FOUND where one of them is not there, INVALID where neither is a branch of the other. */
export async function findSides(tx: Tx, orgId: OrgId, { into, from }: Sides): Promise<ReadPair> {
  const [target, source] = [await findFormula(tx, orgId, into), await findFormula(tx, orgId, from)];
  if (!target || !source) throw new AppError('NOT_FOUND', 'There is no such formula.');
  const pair = await findPair(tx, orgId, into, from);
  if (!pair) throw new AppError('INVALID', 'Neither strategy is a branch of the other: only a branch can be merged.');
  const base = await findVersion(tx, orgId, pair.baseId);
  if (!base) throw new Error('a version that a branch refers to is there');
  const { id, formulaId, number, json } = base;
  return { ...pair, intoName: target.name, fromName: source.name, base: { id, formulaId, number, json } };
}

/** All that a merge is made of, as it is at this moment. */
export async function readPair(caller: Reader, sides: Sides) {
  const { orgId } = caller.principal;
  const pair = await read(caller, 'org.read', (tx) => findSides(tx, orgId, sides));
  await payForText(pair.base.json);
  const [ours, theirs] = [
    await readDraft(caller, 'org.read', sides.into),
    await readDraft(caller, 'org.read', sides.from),
  ];
  if (!ours || !theirs) throw new AppError('NOT_FOUND', 'There is no such formula.');
  const { branchId, intoName, fromName, base } = pair;
  return {
    branchId,
    base,
    into: { id: sides.into, name: intoName, json: ours.json, contentHash: ours.contentHash },
    from: { id: sides.from, name: fromName, json: theirs.json, contentHash: theirs.contentHash },
  };
}
