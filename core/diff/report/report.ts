import type { Formula } from '#core/formula/model/formula.ts';
import { align } from '../align.ts';
import { diff, type FormulaDiff } from '../diff.ts';
import { groupByEffect, type ChangesByEffect, type Effect } from '../effects.ts';
import { meanTheSame } from '../meaning.ts';
import { codeRows, type CodeRow } from './code-rows.ts';

/** Two formulas compared, for people. */
export interface DiffReport extends FormulaDiff {
  readonly before: Formula;
  /** With the ids that its nodes have in `before`. */
  readonly after: Formula;
  readonly groups: readonly ChangesByEffect[];
  readonly rows: readonly CodeRow[];
  /** Both do the same on all bars, however they are written. */
  readonly isSameMeaning: boolean;
}

export function reportOn(before: Formula, second: Formula): DiffReport {
  const found = diff(before, second);
  const after = align(before, second);
  return {
    ...found,
    before,
    after,
    groups: groupByEffect(before, after, found),
    rows: codeRows(before, after),
    isSameMeaning: meanTheSame(before, after),
  };
}

export const EFFECT_TITLES: Readonly<Record<Effect, string>> = {
  entries: 'Entries',
  exits: 'Exits',
  sizing: 'Sizing',
  risk: 'Risk',
  inputs: 'Inputs',
  other: 'Other',
};

/** What is said where two formulas that differ do the same. */
export const SAME_IN_OTHER_WORDS = 'Both do the same on all bars: only how the strategy is written differs.';
