'use client';
import type { ReactNode } from 'react';
import type { Formula } from '#core/formula/model/formula.ts';
import { ClosedFormula, isClosed } from '../panels/closed-formula.tsx';
import { FormulaSessionProvider } from '../session/provider.tsx';
import { useFormula, useStatus } from '../session/use-session.ts';

export interface LiveFormulaProps {
  readonly formulaId: string;
  /** Shown until the draft is there. */
  readonly fallback: ReactNode;
  /** Drawn anew at every edit, whoever makes it. */
  readonly children: (formula: Formula) => ReactNode;
}

/** The draft of a strategy as it is now, for pages that only look at it. */
export const LiveFormula = ({ formulaId, fallback, children }: LiveFormulaProps) => (
  <FormulaSessionProvider key={formulaId} formulaId={formulaId} fallback={fallback}>
    <Opened fallback={fallback}>{children}</Opened>
  </FormulaSessionProvider>
);

function Opened({ fallback, children }: Omit<LiveFormulaProps, 'formulaId'>) {
  const formula = useFormula();
  const { connection, refusal } = useStatus();
  if (refusal && connection === 'offline' && isClosed(refusal.code)) return <ClosedFormula {...refusal} />;
  // What the browser keeps may be old: it stands in for the draft only while the server can't be reached.
  return connection === 'connecting' ? fallback : children(formula);
}
