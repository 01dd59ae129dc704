'use client';
import { MessageSquarePlus } from 'lucide-react';
import { useComments } from '#features/comments/index.ts';
import type { NodeMarkProps } from '#features/graph/index.ts';
import { cx } from '#ui/format/cx.ts';
import { useCommentPlaces } from './provider.tsx';

/** At the corner of a node: how many threads are open about it. One that is selected offers to begin the first. */
export function NodeMark({ node, label, selected }: NodeMarkProps) {
  const { denied, unread } = useComments();
  const { byNode, showBeside } = useCommentPlaces();
  const threads = byNode.get(node) ?? [];
  if (threads.length === 0 && (!selected || denied !== undefined)) return null;
  const isNew = threads.some(({ id }) => unread.has(id));
  const words =
    threads.length === 0
      ? `Comment on ${label}`
      : `${threads.length === 1 ? '1 thread' : `${threads.length} threads`} about ${label}${isNew ? ', unread' : ''}`;
  return (
    <button
      type="button"
      aria-label={words}
      title={words}
      onClick={(event) => showBeside({ element: event.currentTarget, node, nodes: [node] })}
      className={cx(
        'nodrag nopan tabular absolute -top-3 -right-2 flex h-5 min-w-5 items-center justify-center rounded-full rounded-bl-xs px-1 text-2xs font-semibold shadow-raised [&_svg]:size-3',
        threads.length === 0
          ? 'border bg-raised text-muted hover:text-ink'
          : 'bg-accent text-on-accent hover:bg-accent-hover',
        isNew && 'ring-2 ring-warn',
      )}
    >
      {threads.length === 0 ? <MessageSquarePlus aria-hidden /> : threads.length}
    </button>
  );
}
