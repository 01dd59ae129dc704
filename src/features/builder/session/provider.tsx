'use client';
import { createContext, use, useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import type { ConnectionStatus } from '#collab/connect.ts';
import type { Colleague, FormulaSession, FormulaSnapshot } from './formula-session.ts';
import { openFormula } from './formula-session.ts';

const SessionContext = createContext<FormulaSession | null>(null);

interface FormulaSessionProviderProps {
  readonly formulaId: string;
  /** Shown until the session is there. */
  readonly fallback: ReactNode;
  readonly children: ReactNode;
}

const collabAddress = (): string => `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/collab`;

/** Keeps one formula open while its children are on screen. Give it the formula's id as its key. */
export function FormulaSessionProvider({ formulaId, fallback, children }: FormulaSessionProviderProps) {
  const [session, setSession] = useState<FormulaSession | null>(null);
  useEffect(() => {
    const opened = openFormula({ formulaId, url: collabAddress() });
    let isOpen = true;
    queueMicrotask(() => {
      if (isOpen) setSession(opened);
    });
    return () => {
      isOpen = false;
      opened.destroy();
    };
  }, [formulaId]);
  return session ? <SessionContext value={session}>{children}</SessionContext> : fallback;
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

export function useStatus(): ConnectionStatus {
  const session = useFormulaSession();
  return useSyncExternalStore(session.subscribeStatus, session.status, session.status);
}

/** The others in the formula, with what each shows. Changes with every move of a pointer. */
export function useColleagues(): readonly Colleague[] {
  const session = useFormulaSession();
  return useSyncExternalStore(session.subscribeColleagues, session.colleagues, session.colleagues);
}
