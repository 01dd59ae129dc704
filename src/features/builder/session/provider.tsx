'use client';
import { createContext, use, useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import type { LostNode } from '#collab/carry-over.ts';
import { openIndexedDbStore } from '#collab/copy/indexed-db.ts';
import type { ReplicaStatus } from '#collab/replica.ts';
import { useSession } from '#features/shell/index.ts';
import { network } from '#ui/use-network.ts';
import { PersonColors } from '#ui/person-colors.tsx';
import type { Colleague, FormulaSession, FormulaSnapshot } from './formula-session.ts';
import { openFormula } from './formula-session.ts';
import type { Untaken } from './typed-text.ts';

const SessionContext = createContext<FormulaSession | null>(null);

interface FormulaSessionProviderProps {
  readonly formulaId: string;
  /** Shown until the session is there. */
  readonly fallback: ReactNode;
  readonly children: ReactNode;
}

const collabAddress = (): string => `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/collab`;

/** Null where the browser keeps nothing. */
function openTextStore(): Storage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}

async function openKept(formulaId: string, userId: string, orgId: string): Promise<FormulaSession> {
  // Private windows and full disks: the formula opens all the same.
  const store = await openIndexedDbStore({ userId, orgId }).catch(() => null);
  return openFormula({ formulaId, url: collabAddress(), userId, store, network, textStore: openTextStore() });
}

/** Keeps one formula open while its children are on screen. Give it the formula's id as its key. */
export function FormulaSessionProvider({ formulaId, fallback, children }: FormulaSessionProviderProps) {
  const [session, setSession] = useState<FormulaSession | null>(null);
  const { user, org } = useSession();
  const [userId, orgId] = [user.id, org.id];
  useEffect(() => {
    let isOpen = true;
    const opening = openKept(formulaId, userId, orgId);
    void opening.then((opened) => {
      if (isOpen) setSession(opened);
    });
    return () => {
      isOpen = false;
      void opening.then((opened) => opened.destroy());
    };
  }, [formulaId, userId, orgId]);
  return session ? <SessionContext value={session}><ColorsHere>{children}</ColorsHere></SessionContext> : fallback;
}

/** Whoever is here has one colour wherever they are shown: as a pointer, in the code, beside a comment. */
function ColorsHere({ children }: { readonly children: ReactNode }) {
  const session = useFormulaSession();
  return <PersonColors value={useSyncExternalStore(session.subscribeColleagues, session.colors)}>{children}</PersonColors>;
}

export function useFormulaSession(): FormulaSession {
  const session = use(SessionContext);
  if (!session) throw new Error('A part of the builder is used outside of FormulaSessionProvider.');
  return session;
}

export function useSnapshot(): FormulaSnapshot {
  const session = useFormulaSession();
  return useSyncExternalStore(session.subscribe, session.snapshot, session.snapshot);
}

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
