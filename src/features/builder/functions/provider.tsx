'use client';
import { createContext, use, useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import { isBareName } from '#core/formula/blocks/catalogue.ts';
import { functionsOf, scopeOf } from '#core/formula/language/functions.ts';
import { nodeOf, type Formula, type NodeId } from '#core/formula/model/formula.ts';
import { useFormula, useFormulaSession, useSnapshot } from '../session/use-session.ts';

interface OpenFunction {
  /** The function whose graph the canvas shows; null for the strategy's. */
  readonly scope: NodeId | null;
  /** The call of it of which the values are shown; null for the first. */
  readonly call: OpenedCall | null;
  readonly open: (scope: NodeId | null, call?: OpenedCall) => void;
}

/** A call by the node that it is and the call in which that stands, or by the id that it has written out. */
export interface OpenedCall {
  readonly at?: NodeId;
  readonly within?: NodeId | undefined;
  readonly id?: NodeId;
}

const OpenFunctionContext = createContext<OpenFunction>({ scope: null, call: null, open: () => undefined });

/**
 * Which function the canvas shows. A node that is selected elsewhere, in the code or among the problems, brings its
 * function with it.
 */
export function OpenFunctionProvider({ children }: { readonly children: ReactNode }) {
  const [asked, setAsked] = useState<NodeId | null>(null);
  const [call, setCall] = useState<OpenedCall | null>(null);
  const open = useCallback((next: NodeId | null, opened?: OpenedCall) => {
    setAsked(next);
    setCall(opened ?? null);
  }, []);
  const formula = useFormula();
  const selection = useSnapshot((snapshot) => snapshot.selection);
  const scope = asked !== null && functionsOf(formula).has(asked) ? asked : null;
  const [seen, setSeen] = useState(selection);
  // A change of the formula moves nobody.
  if (seen !== selection) {
    setSeen(selection);
    const [id] = selection;
    const home = selection.size === 1 && id !== undefined ? homeOf(formula, id) : undefined;
    if (home !== undefined && home !== asked) open(home);
  }
  const session = useFormulaSession();
  useEffect(() => session.show({ openFunction: scope }), [session, scope]);
  const value = useMemo(() => ({ scope, call, open }), [scope, call, open]);
  return <OpenFunctionContext value={value}>{children}</OpenFunctionContext>;
}

export const useOpenFunction = (): OpenFunction => use(OpenFunctionContext);

/** Where a node is drawn; undefined of a price or an input, which are drawn wherever they are used. */
function homeOf(formula: Formula, id: NodeId): NodeId | null | undefined {
  const node = nodeOf(formula, id);
  if (!node || node.block === 'input' || (isBareName(node.block) && node.name === undefined)) return undefined;
  return node.block === 'fn' ? id : (scopeOf(formula, node) ?? null);
}
