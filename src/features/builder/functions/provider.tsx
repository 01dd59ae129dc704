'use client';
import { createContext, use, useEffect, useMemo, useState, type ReactNode } from 'react';
import { isBareName } from '#core/formula/blocks/catalogue.ts';
import { functionsOf, scopeOf } from '#core/formula/language/functions.ts';
import { nodeOf, type Formula, type NodeId } from '#core/formula/model/formula.ts';
import { useFormula, useFormulaSession, useSnapshot } from '../session/use-session.ts';

interface OpenFunction {
  /** The function whose graph the canvas shows; null for the strategy's. */
  readonly scope: NodeId | null;
  readonly open: (scope: NodeId | null) => void;
}

const OpenFunctionContext = createContext<OpenFunction>({ scope: null, open: () => undefined });

/**
 * Which function the canvas shows. A node that is selected elsewhere, in the code or among the problems, brings its
 * function with it.
 */
export function OpenFunctionProvider({ children }: { readonly children: ReactNode }) {
  const [asked, open] = useState<NodeId | null>(null);
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
  const value = useMemo(() => ({ scope, open }), [scope]);
  return <OpenFunctionContext value={value}>{children}</OpenFunctionContext>;
}

export const useOpenFunction = (): OpenFunction => use(OpenFunctionContext);

/** Where a node is drawn; undefined of a price or an input, which are drawn wherever they are used. */
function homeOf(formula: Formula, id: NodeId): NodeId | null | undefined {
  const node = nodeOf(formula, id);
  if (!node || node.block === 'input' || (isBareName(node.block) && node.name === undefined)) return undefined;
  return node.block === 'fn' ? id : (scopeOf(formula, node) ?? null);
}
