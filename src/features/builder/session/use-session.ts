'use client';
import { createContext, use, useSyncExternalStore } from 'react';
import { useSyncExternalStoreWithSelector } from 'use-sync-external-store/with-selector';
import type { LostNode } from '#collab/carry-over.ts';
import type { ReplicaStatus } from '#collab/replica.ts';
import type { Formula } from '#core/formula/model/formula.ts';
import type { Colleague, FormulaSession } from './formula-session.ts';
import type { FormulaSnapshot } from './read-formula.ts';
import type { Untaken } from './typed-text.ts';

export const SessionContext = createContext<FormulaSession | null>(null);

export function useFormulaSession(): FormulaSession {
  const session = use(SessionContext);
  if (!session) throw new Error('A part of the builder is used outside of FormulaSessionProvider.');
  return session;
}

/**
 * What `select` reads of the formula as it is now. Draws anew only when that is another value by `isEqual`, so read as
 * little as is shown: whoever reads the whole snapshot is drawn at every keystroke and every selection.
 */
export function useSnapshot<T>(
  select: (snapshot: FormulaSnapshot) => T,
  isEqual: (a: T, b: T) => boolean = Object.is,
): T {
  const session = useFormulaSession();
  return useSyncExternalStoreWithSelector(session.subscribe, session.snapshot, session.snapshot, select, isEqual);
}

const whole = (snapshot: FormulaSnapshot): FormulaSnapshot => snapshot;

/** The formula for what is on screen only now and then: while that is not `shown`, the formula stands still. */
export const useSnapshotWhile = (shown: boolean): FormulaSnapshot => useSnapshot(whole, (a, b) => !shown || a === b);

const formulaOf = ({ formula }: FormulaSnapshot): Formula => formula;

/** The whole formula. Renders at every edit. */
export const useFormula = (): Formula => useSnapshot(formulaOf);

export function useStatus(): ReplicaStatus {
  const session = useFormulaSession();
  return useSyncExternalStore(session.subscribeStatus, session.status, session.status);
}

/** Whether this person may edit. Unlike the status, it does not change with every edit that is saved. */
export function useCanEdit(): boolean {
  const session = useFormulaSession();
  const canEdit = (): boolean => session.status().canEdit;
  return useSyncExternalStore(session.subscribeStatus, canEdit, canEdit);
}

/** What of the code pane's text is not in the formula. */
export function useUntaken(): Untaken {
  const { typed } = useFormulaSession();
  return useSyncExternalStore(typed.subscribe, typed.untaken, typed.untaken);
}

/** Nodes that were changed here, but deleted by others meanwhile. */
export function useLostNodes(): readonly LostNode[] {
  const session = useFormulaSession();
  return useSyncExternalStore(session.subscribeLost, session.lost, session.lost);
}

/** The others in the formula, with what each shows. Changes with every move of a pointer. */
export function useColleagues(): readonly Colleague[] {
  const session = useFormulaSession();
  return useSyncExternalStore(session.subscribeColleagues, session.colleagues, session.colleagues);
}
