'use client';
import { useMemo } from 'react';
import { changeKeyOf } from '#core/diff/change-key.ts';
import type { Change } from '#core/diff/diff.ts';
import type { Effect } from '#core/diff/effects.ts';
import { overlayOf, type Overlay } from '#core/diff/overlay.ts';
import { reportOn, type DiffReport } from '#core/diff/report/report.ts';
import type { Formula } from '#core/formula/model/formula.ts';

/** A change with its name in addresses. */
export interface NamedChange {
  readonly key: string;
  readonly change: Change;
}

export interface ChangeGroup {
  readonly effect: Effect;
  readonly changes: readonly NamedChange[];
}

export interface Comparison {
  readonly report: DiffReport;
  readonly overlay: Overlay;
  /** Changes that are shown, by what they have an effect on. */
  readonly groups: readonly ChangeGroup[];
  /** The same, one after the other. */
  readonly shown: readonly NamedChange[];
  /** How many nodes only stand elsewhere. */
  readonly movedCount: number;
}

/** What differs between two formulas; `hasMoves`: with what only stands elsewhere on the canvas. */
export function useComparison(before: Formula, after: Formula, hasMoves: boolean): Comparison {
  const report = useMemo(() => reportOn(before, after), [before, after]);
  return useMemo(() => comparisonOf(report, hasMoves), [report, hasMoves]);
}

export function comparisonOf(report: DiffReport, hasMoves: boolean): Comparison {
  const isShown = ({ kind }: Change): boolean => hasMoves || kind !== 'moved';
  const groups = report.groups.flatMap(({ effect, changes }): ChangeGroup[] => {
    const named = changes.filter(isShown).map((change) => ({ key: changeKeyOf(change), change }));
    return named.length === 0 ? [] : [{ effect, changes: named }];
  });
  return {
    report,
    overlay: overlayOf({ ...report, changes: report.changes.filter(isShown) }),
    groups,
    shown: groups.flatMap(({ changes }) => changes),
    movedCount: report.changes.reduce((sum, change) => sum + (change.kind === 'moved' ? change.ids.length : 0), 0),
  };
}
