import type { FormulaId, VersionId } from '#core/requests/ids.ts';
import type { StoredEvent } from '#server/live/event.ts';
import { nothing, type Audited, type Effects } from '../effects.ts';

const changed = (formulaId: FormulaId): readonly StoredEvent[] => [{ kind: 'formula.changed', payload: { formulaId } }];

const ofFormula = (formulaId: FormulaId, difference?: Audited['difference']): Effects => ({
  audit: { entity: 'formula', entityId: formulaId, ...(difference ? { difference } : {}) },
  live: changed(formulaId),
});

interface Formula {
  readonly formulaId: FormulaId;
}

type Named = Formula & { readonly name: string };

const made = ({ formulaId, name }: Named): Effects => ofFormula(formulaId, { name: [null, name] });

const shelved = ({ formulaId, archived }: Formula & { readonly archived: readonly [boolean, boolean] }): Effects =>
  ofFormula(formulaId, { archived });

export const FORMULA_EVENTS = {
  'formula.created': made,
  'formula.duplicated': made,
  'formula.imported': made,
  'formula.renamed': ({ formulaId, name }: Formula & { readonly name: readonly [string, string] }): Effects =>
    ofFormula(formulaId, { name }),
  'formula.tagged': ({ formulaId, tags }: Formula & { readonly tags: readonly [string, string] }): Effects =>
    ofFormula(formulaId, { tags }),
  'formula.archived': shelved,
  'formula.restored': shelved,
  'formula.downloaded': ({ formulaId }: Formula): Effects => ({
    ...ofFormula(formulaId),
    live: nothing('the formula is as it was'),
  }),
  'document.compacted': ({ formulaId }: Formula): Effects => ({
    ...ofFormula(formulaId),
    live: nothing('the document says what it said'),
  }),
  'document.rebased': ({ formulaId, epoch }: Formula & { readonly epoch: number }): Effects => ({
    ...ofFormula(formulaId, { epoch: [epoch - 1, epoch] }),
    live: nothing('the realtime server tells those who have the document open'),
  }),
  'document.recovered': ({
    formulaId,
    ...difference
  }: Formula & {
    readonly epoch: readonly [number, number];
    /** How much of what was written could be read; null when a version took its place. */
    readonly changes: readonly [number, number | null];
    readonly version: readonly [null, number | null];
  }): Effects => ofFormula(formulaId, difference),
  'document.set-aside': ({ formulaId }: Formula): Effects => ofFormula(formulaId),
  'version.created': ({
    formulaId,
    versionId,
    ...difference
  }: Formula & {
    readonly versionId: VersionId;
    readonly number: readonly [number | null, number];
    readonly contentHash: readonly [string | null, string];
    /** In sentences, what a person saved; left out where a version was taken on the way. */
    readonly changes?: readonly [null, readonly string[]];
  }): Effects => ({
    audit: { entity: 'version', entityId: versionId, difference },
    live: [{ kind: 'version.created', payload: { formulaId, versionId, number: difference.number[1] } }],
  }),
  'version.labelled': ({
    formulaId,
    versionId,
    number,
    ...difference
  }: Formula & {
    readonly versionId: VersionId;
    readonly number: number;
    readonly name: readonly [string, string];
    readonly tags: readonly [string, string];
  }): Effects => ({
    audit: { entity: 'version', entityId: versionId, difference },
    // Whoever shows versions asks anew, as after a version that was taken.
    live: [{ kind: 'version.created', payload: { formulaId, versionId, number } }],
  }),
  'version.taken-back': ({
    formulaId,
    ...difference
  }: Formula & {
    readonly version: readonly [number, number];
    /** In sentences: what of it others have changed since, and was left. */
    readonly left: readonly [null, readonly string[]];
  }): Effects => ofFormula(formulaId, difference),
  'branch.created': ({
    formulaId,
    originId,
    ...difference
  }: Formula & {
    readonly originId: FormulaId;
    readonly name: readonly [null, string];
    readonly origin: readonly [null, string];
    readonly version: readonly [null, number];
  }): Effects => ({ ...ofFormula(formulaId, difference), live: [...changed(formulaId), ...changed(originId)] }),
  'branch.merged': ({
    formulaId,
    fromId,
    ...difference
  }: Formula & {
    readonly fromId: FormulaId;
    readonly from: readonly [null, string];
    readonly version: readonly [number, number];
    /** In sentences. */
    readonly changes: readonly [null, readonly string[]];
    readonly left: readonly [null, readonly string[]];
  }): Effects => ({ ...ofFormula(formulaId, difference), live: [...changed(formulaId), ...changed(fromId)] }),
  'history.downloaded': ({ formulaId, versions }: Formula & { readonly versions: number }): Effects => ({
    ...ofFormula(formulaId, { versions: [null, versions] }),
    live: nothing('the formula is as it was'),
  }),
  'history.imported': ({ formulaId, versions }: Formula & { readonly versions: number }): Effects =>
    ofFormula(formulaId, { versions: [null, versions] }),
  'version.restored': ({
    formulaId,
    ...difference
  }: Formula & {
    readonly version: readonly [number, number];
    /** In sentences. */
    readonly changes: readonly [null, readonly string[]];
  }): Effects => ofFormula(formulaId, difference),
};
