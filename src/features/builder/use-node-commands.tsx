'use client';
import { CircleDot } from 'lucide-react';
import { useDeferredValue, useMemo } from 'react';
import { useCommands, type Command } from '#commands/index.ts';
import { findBlock } from '#core/formula/blocks/catalogue.ts';
import { isRef, type FormulaNode } from '#core/formula/model/formula.ts';
import { useFormula, useFormulaSession } from './session/use-session.ts';

/** What people look for a node by: its name, its block, and the values that are set in it. */
function wordsOf({ block, args }: FormulaNode): readonly string[] {
  const literals = Object.values(args).flatMap((arg) => (isRef(arg) || typeof arg === 'object' ? [] : [String(arg)]));
  return [block, findBlock(block)?.title ?? '', ...literals];
}

/** Each node can be found in the palette of commands, and is brought into sight and selected from there. */
export function useNodeCommands(): void {
  const session = useFormulaSession();
  const formula = useDeferredValue(useFormula());
  useCommands(
    useMemo(
      () =>
        Object.entries(formula.nodes).map(([id, node]): Command => ({
          id: `node ${id}`,
          title: node.name ?? findBlock(node.block)?.title ?? node.block,
          group: 'Nodes',
          icon: <CircleDot />,
          keywords: wordsOf(node),
          run: () => session.reveal({ node: id }),
        })),
      [formula, session],
    ),
  );
}
