'use client';
import { ListTree } from 'lucide-react';
import { useMemo, useRef } from 'react';
import { findBlock } from '#core/formula/blocks/catalogue.ts';
import { statementsOf } from '#core/formula/language/statements.ts';
import { nodeOf, type Formula, type FormulaNode, type NodeId } from '#core/formula/model/formula.ts';
import { sayNodes } from '#features/graph/index.ts';
import { EmptyState } from '#ui/feedback/empty-state.tsx';
import { cx } from '#ui/format/cx.ts';
import { useOneTabStop } from '#ui/hooks/use-one-tab-stop.ts';
import { groupColor } from '#ui/layout/group-color.ts';
import { useFormula, useFormulaSession, useSnapshot } from '../session/use-session.ts';

interface Line {
  readonly id: NodeId;
  readonly node: FormulaNode;
  /** `strength, relative strength index of Close over 4`. */
  readonly what: string;
  /** `read by strength < oversold`; empty for an action. */
  readonly readBy: string;
}

/** Every statement of the code, those of functions too, in its order. */
function linesOf(formula: Formula): readonly Line[] {
  const sentenceOf = sayNodes(formula);
  return statementsOf(formula).all.flatMap((id) => {
    const node = nodeOf(formula, id);
    return node ? [{ id, node, ...sentenceOf(id, node) }] : [];
  });
}

/** The strategy as sentences: what a screen reader goes through, and what anybody reads from the top down. */
export function Outline() {
  const session = useFormulaSession();
  const formula = useFormula();
  const selection = useSnapshot((snapshot) => snapshot.selection);
  const lines = useMemo(() => linesOf(formula), [formula]);
  const list = useRef<HTMLOListElement>(null);
  useOneTabStop(list, 'li');
  return (
    <>
      {lines.length === 0 ? (
        <EmptyState icon={<ListTree />} title="Nothing to read yet">
          Each block that you add is said here in a sentence.
        </EmptyState>
      ) : null}
      <ol ref={list} aria-label="Outline" className="py-1">
        {lines.map(({ id, node, what, readBy }) => (
          <li key={id}>
            <button
              type="button"
              aria-current={selection.has(id) || undefined}
              onClick={() => session.reveal({ node: id })}
              className={cx(
                'flex w-full items-baseline gap-2 px-3.5 py-1 text-left -outline-offset-2 hover:bg-hover',
                selection.has(id) && 'bg-accent-soft',
              )}
            >
              <span
                className="size-2 shrink-0 rounded-full"
                style={{ background: groupColor(findBlock(node.block)?.group) }}
                aria-hidden
              />
              <span className="min-w-0 flex-1">
                {what}
                {readBy === '' ? null : <span className="text-2xs text-muted">, {readBy}</span>}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </>
  );
}
