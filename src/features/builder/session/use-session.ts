'use client';
import { createContext, use, useSyncExternalStore } from 'react';
import { useSyncExternalStoreWithSelector } from 'use-sync-external-store/with-selector';
import type { LostNode } from '#collab/carry-over.ts';
import type { ReplicaStatus } from '#collab/replica.ts';
import type { Formula } from '#core/formula/model/formula.ts';
import type { Colleague, FormulaSession } from './formula-session.ts';
import type { UntakenFields } from './kept-fields.ts';
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

/** What this person has typed, in the code pane and in fields, and what is not in the formula. */
export interface AllUntaken {
  readonly code: Untaken;
  readonly fields: UntakenFields;
  /** `2 lines and 1 field not taken`; null when all of it is taken. */
  readonly words: string | null;
  readonly problemCount: number;
  /** Whether something was typed that is not read yet. */
  readonly isUnread: boolean;
  /** Whether what is typed is there again when the tab is closed. */
  readonly isKept: boolean;
}

export function useUntaken(): AllUntaken {
  const session = useFormulaSession();
  const code = useSyncExternalStore(session.typed.subscribe, session.typed.untaken, session.typed.untaken);
  const fields = useSyncExternalStore(session.fields.subscribe, session.fields.untaken, session.fields.untaken);
  const { lines } = code;
  const count = fields.wrong.length;
  const parts = [...(lines === 0 ? [] : [counted(lines, 'line')]), ...(count === 0 ? [] : [counted(count, 'field')])];
  return {
    code,
    fields,
    words: parts.length === 0 ? null : `${parts.join(' and ')} not taken`,
    problemCount: code.problems.length + count,
    isUnread: code.isUnread || fields.isTyping,
    isKept: code.isKept && fields.isKept,
  };
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** Brings the person to what they typed and what is not taken: the code first, else the node of the field. */
export function useShowUntaken(): () => void {
  const session = useFormulaSession();
  return () => {
    const [field] = session.fields.untaken().wrong;
    if (session.typed.untaken().lines === 0 && field) session.reveal({ node: field.node });
    else session.typed.show();
  };
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
