'use client';
import { useEffect, type KeyboardEvent } from 'react';
import { isAction } from '#core/formula/language/statements.ts';
import type { FormulaNode, NodeId } from '#core/formula/model/formula.ts';
import { cx } from '#ui/format/cx.ts';
import { useGraphParts } from './context.ts';
import { NO_FIELD_TEXTS, useFieldText } from './field-texts.ts';
import { useNaming } from './graph-provider.tsx';
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
      {title.detail === '' ? null : <span className="min-w-0 flex-1 truncate text-2xs text-faint">{title.detail}</span>}
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
  const texts = gestures?.texts ?? NO_FIELD_TEXTS;
  const typed = useFieldText(texts, id, '@name');
  const problem = typed?.problem ?? null;
  const take = (): boolean => {
    if (typed?.text !== name) return texts.take(id, '@name');
    texts.discard(id, '@name');
    return true;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && take()) onEnd();
    if (event.key !== 'Escape') return;
    // This Escape is about the name alone: the selection stays.
    event.stopPropagation();
    texts.discard(id, '@name');
    onEnd();
  };
  useEffect(() => () => texts.left(id, '@name'), [texts, id]);
  return (
    <input
      autoFocus
      aria-label="Name of the node"
      aria-invalid={problem !== null || undefined}
      title={problem ?? undefined}
      value={typed?.text ?? name ?? ''}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => texts.type(id, '@name', event.target.value)}
      onBlur={() => {
        if (typed?.text === name) texts.discard(id, '@name');
        else texts.left(id, '@name');
        onEnd();
      }}
      onKeyDown={onKeyDown}
      className="nodrag h-6 w-full min-w-0 rounded-sm border border-accent bg-raised px-1 text-base font-semibold outline-none aria-invalid:border-bad"
    />
  );
}
