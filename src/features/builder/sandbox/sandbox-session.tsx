'use client';
import { useEffect, useState, type ReactNode } from 'react';
import { check } from '#core/formula/check/check.ts';
import { fromJsonText } from '#core/formula/json/json.ts';
import type { Formula } from '#core/formula/model/formula.ts';
import { toast } from '#ui/feedback/toaster.tsx';
import { openLocalFormula, type FormulaSession } from '../session/formula-session.ts';
import { SessionContext } from '../session/use-session.ts';
import { exchangeWithTabs } from './exchange.ts';
import { firstStrategy } from './first-strategy.ts';
import { readSandbox, STRANGER } from './kept-sandbox.ts';

/** Writing at each step of a drag would keep the browser from drawing. */
const KEEP_MS = 300;

/** What was kept, where it reads; anybody can write into a browser's storage. */
function keptFormula(): Formula {
  const text = readSandbox(localStorage);
  if (text === null) return firstStrategy();
  const { formula, diagnostics } = fromJsonText(text);
  return diagnostics.some(({ severity }) => severity === 'error') || !isReadable(formula) ? firstStrategy() : formula;
}

function isReadable(formula: Formula): boolean {
  try {
    check(formula);
    return Object.keys(formula.nodes).length > 0;
  } catch {
    return false;
  }
}

const sayNotKept = (): void =>
  void toast.warning('This browser keeps nothing more', {
    id: 'sandbox-not-kept',
    description: 'What you change from now on is gone when you leave the page. An account keeps it.',
  });

const open = (): FormulaSession =>
  openLocalFormula(keptFormula(), { formulaId: 'sandbox', userId: STRANGER, textStore: localStorage });

/** A formula of this browser alone: kept here after each change, and sent to nobody. */
export function SandboxSession({ children }: { readonly children: ReactNode }) {
  const [session, setSession] = useState<FormulaSession | null>(null);
  useEffect(() => {
    const opened = open();
    let timer: number | undefined;
    let isChanged = false;
    const tabs = exchangeWithTabs({
      store: localStorage,
      formula: () => opened.snapshot().formula,
      take: (edits) => opened.arrange(edits),
    });
    const keep = (): void => {
      window.clearTimeout(timer);
      if (isChanged && !tabs.keep()) sayNotKept();
      isChanged = false;
    };
    const unsubscribe = opened.subscribeOwnEdit(() => {
      isChanged = true;
      window.clearTimeout(timer);
      timer = window.setTimeout(keep, KEEP_MS);
    });
    window.addEventListener('pagehide', keep);
    window.addEventListener('storage', tabs.takeIn);
    queueMicrotask(() => setSession(opened));
    return () => {
      unsubscribe();
      window.removeEventListener('pagehide', keep);
      window.removeEventListener('storage', tabs.takeIn);
      keep();
      opened.destroy();
    };
  }, []);
  return session ? <SessionContext value={session}>{children}</SessionContext> : null;
}
