'use client';
import { memo, useEffect, useRef } from 'react';
import type { Block } from '#core/formula/model/block.ts';
import { groupBlocks } from '#core/formula/reference/groups.ts';
import { symbolOf } from '#core/formula/reference/symbol-of.ts';
import { cx } from '#ui/format/cx.ts';
import { groupColor } from '#ui/layout/group-color.ts';
import { BlockLink } from './block-link.tsx';
import { AS_TYPED } from './formula-code.tsx';

interface BlockIndexProps {
  readonly blocks: readonly Block[];
  /** In the order of relevance rather than by group. */
  readonly isSearch: boolean;
  readonly open: string | null;
}

/** The names of the blocks, one a line. */
export const BlockIndex = memo(function BlockIndex({ blocks, isSearch, open }: BlockIndexProps) {
  const groups = isSearch ? [{ group: null, title: 'Found', blocks }] : groupBlocks(blocks);
  return (
    <nav aria-label="Blocks" className="min-h-0 flex-1 overflow-y-auto px-2 pb-6 max-lg:hidden">
      {groups.map(({ group, title, blocks: members }) => (
        <div key={title} role="group" aria-label={title}>
          {group === null ? null : (
            <p
              className="sticky top-0 flex items-center gap-1.5 bg-canvas px-2 pt-3 pb-1 text-2xs font-medium text-faint"
              aria-hidden
            >
              <span className="size-2 rounded-full" style={{ background: groupColor(group) }} />
              {title}
            </p>
          )}
          <ul>
            {members.map((block) => (
              <li key={block.name}>
                <IndexLink block={block} isOpen={block.name === open} />
              </li>
            ))}
          </ul>
        </div>
      ))}
      {blocks.length === 0 ? <p className="px-2 py-6 text-center text-muted">Nothing matches.</p> : null}
    </nav>
  );
});

const IndexLink = memo(function IndexLink({ block, isOpen }: { readonly block: Block; readonly isOpen: boolean }) {
  const element = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (isOpen) element.current?.scrollIntoView({ block: 'nearest' });
  }, [isOpen]);
  return (
    <BlockLink
      ref={element}
      name={block.name}
      aria-current={isOpen ? 'page' : undefined}
      className={cx(
        'flex h-7 items-baseline justify-between gap-2 rounded-md px-2 leading-7 -outline-offset-2',
        isOpen ? 'bg-hover font-medium text-ink' : 'text-muted hover:bg-hover hover:text-ink',
      )}
    >
      <span className="truncate">{block.title}</span>
      <code className={cx('shrink-0 text-2xs', isOpen ? 'text-muted' : 'text-faint', AS_TYPED)}>{symbolOf(block)}</code>
    </BlockLink>
  );
});
