import { idOf, type FormulaId, type VersionId } from '#core/requests/ids.ts';
import type { Draft } from '#server/compute/formula/draft.ts';
import { insertBranch } from '#server/db/queries/branches.ts';
import { findFormula, lockFormulaNames } from '#server/db/queries/formulas.ts';
import { findVersion, findVersionState } from '#server/db/queries/versions.ts';
import { AppError } from '#server/errors.ts';
import { act, type Unit } from '../act/act.ts';
import { read } from '../act/read.ts';
import type { Reader } from '../context.ts';
import { payForBytes } from '../document/pay-for-loads.ts';
import { storeFormula } from '../formula/create-formula.ts';
import { uniqueName } from '../formula/name-of-file.ts';
import { takeVersion } from '../version/take-version.ts';

/**
 * Makes a formula of a version, which can be merged back: a formula like any other, with a document, versions and runs
 * of its own. Its first version says what the version says.
 */
export async function createBranch(
  caller: Reader,
  input: { readonly versionId: VersionId; readonly name: string },
): Promise<{ id: FormulaId; name: string }> {
  const { orgId } = caller.principal;
  const origin = await read(caller, 'formula.edit', async (tx) => {
    const version = await findVersion(tx, orgId, input.versionId);
    const stored = version && (await findVersionState(tx, orgId, input.versionId));
    const formula = version && (await findFormula(tx, orgId, version.formulaId));
    return stored && formula && { ...formula, number: stored.number, state: stored.documentState };
  });
  if (!origin) throw new AppError('NOT_FOUND', 'There is no such version.');
  await payForBytes(origin.state.length);
  const id = idOf('formula', crypto.randomUUID());
  const state = await caller.formulas(orgId, 'copy', { formulaId: id, title: input.name, updates: [origin.state] });
  const draft = await caller.formulas(orgId, 'draft', { updates: [state] });
  return act(caller, 'formula.edit', async (unit) => {
    const name = uniqueName(input.name, await lockFormulaNames(unit.tx, orgId));
    await storeBranch(unit, { id, name, state, first: draft, origin: { ...origin, versionId: input.versionId } });
    return { id, name };
  });
}

interface Branch {
  readonly id: FormulaId;
  readonly name: string;
  /** Its document. */
  readonly state: Uint8Array;
  /** What its first version keeps: what the version of the origin says. */
  readonly first: Draft;
  readonly origin: {
    readonly id: FormulaId;
    readonly name: string;
    readonly versionId: VersionId;
    readonly number: number;
  };
}

/** Keeps a document as a branch, with its first version. */
export async function storeBranch(unit: Unit, { id, name, state, first, origin }: Branch): Promise<void> {
  const { orgId } = unit.principal;
  await storeFormula(unit, { id, name, state }, 'formula.created');
  await insertBranch(unit.tx, {
    orgId,
    formulaId: id,
    originId: origin.id,
    originVersionId: origin.versionId,
    createdAt: unit.now,
  });
  const message = `Branched from ${origin.name}, version ${origin.number}`;
  await takeVersion(unit, { formulaId: id, draft: first, message, reuse: false });
  unit.happened('branch.created', {
    formulaId: id,
    originId: origin.id,
    name: [null, name],
    origin: [null, origin.name],
    version: [null, origin.number],
  });
}
