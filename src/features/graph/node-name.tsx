'use client';
import { useState, type KeyboardEvent } from 'react';
import { whyNotName } from '#core/formula/check/check-names.ts';
import { isAction } from '#core/formula/language/statements.ts';
import type { FormulaNode, NodeId } from '#core/formula/model/formula.ts';
import { cx } from '#ui/format/cx.ts';
import { useGraphParts } from './context.ts';
import { useNaming, usePlaced } from './graph-provider.tsx';
import type { NodeTitle } from './node-title.ts';

interface NodeNameProps {
  readonly id: NodeId;
  readonly node: FormulaNode;
  readonly title: NodeTitle;
  /** Whether two lines have room. */
  readonly isTall: boolean;
}

/** What a node is called. A double-click or F2 types another name in its place. */
export function NodeName({ id, node, title, isTall }: NodeNameProps) {
  const { gestures } = useGraphParts();
  const { renaming, rename } = useNaming();
  const canRename = gestures !== undefined && !isAction(node);
  if (renaming === id && canRename) return <NameField id={id} name={node.name} onEnd={() => rename(null)} />;
  return (
    <>
      <span
        data-testid="node-title"
        title={title.detail === '' ? title.name : `${title.name}: ${title.detail}`}
        className={cx('min-w-0 text-base leading-4 font-semibold', isTall ? 'line-clamp-2 wrap-anywhere' : 'truncate')}
        // The function of a call is opened so.
        onDoubleClick={canRename && node.block !== 'call' ? () => rename(id) : undefined}
      >
        {title.name}
      </span>
      {title.detail === '' ? null : (
        <span className="min-w-0 shrink-50 truncate text-2xs text-faint">{title.detail}</span>
      )}
    </>
  );
}

interface NameFieldProps {
  readonly id: NodeId;
  readonly name: string | undefined;
  readonly onEnd: () => void;
}

function NameField({ id, name, onEnd }: NameFieldProps) {
  const { gestures } = useGraphParts();
  const placed = usePlaced();
  const [draft, setDraft] = useState(name ?? '');
  const [problem, setProblem] = useState<string | null>(null);
  const commit = (): boolean => {
    const why = draft === '' ? null : whyNotName(placed.current.formula, name, draft);
    setProblem(why);
    if (why !== null) return false;
    if (draft !== (name ?? '')) gestures?.edit([{ type: 'setName', id, name: draft === '' ? null : draft }]);
    return true;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key === 'Escape' || (event.key === 'Enter' && commit())) onEnd();
  };
  return (
    <input
      autoFocus
      aria-label="Name of the node"
      aria-invalid={problem !== null || undefined}
      title={problem ?? undefined}
      value={draft}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => {
        setDraft(event.target.value);
        setProblem(null);
      }}
      onBlur={() => {
        commit();
        onEnd();
      }}
      onKeyDown={onKeyDown}
      className="nodrag h-6 w-full min-w-0 rounded-sm border border-accent bg-raised px-1 text-base font-semibold outline-none aria-invalid:border-bad"
    />
  );
}
