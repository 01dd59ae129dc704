'use client';
import { BookOpenText, Search } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Block } from '#core/formula/model/block.ts';
import { findBlocks } from '#core/formula/reference/find-blocks.ts';
import { groupBlocks } from '#core/formula/reference/groups.ts';
import { symbolOf } from '#core/formula/reference/symbol-of.ts';
import { referencePath } from '#features/reference/index.ts';
import { Tooltip } from '#ui/feedback/tooltip.tsx';
import { groupColor } from '#ui/layout/group-color.ts';
import { BLOCK_DRAG, draggedBlock } from '../canvas/index.ts';

interface BlockPaletteProps {
  readonly onAdd: (block: Block) => void;
  readonly disabled: boolean;
}

/** Every block, by group: dragged onto the canvas, or added by a click, or by Enter the first that is found. */
export function BlockPalette({ onAdd, disabled }: BlockPaletteProps) {
  const [query, setQuery] = useState('');
  const found = useMemo(() => findBlocks(query), [query]);
  // What is found stands in the order of how near it is, not by group.
  const groups =
    query.trim() === '' ? groupBlocks(found) : found.length > 0 ? [{ group: null, title: 'Found', blocks: found }] : [];
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => void list.current?.scrollTo({ top: 0 }), [query]);
  const [first] = found;
  return (
    <aside aria-label="Blocks" className="flex h-full flex-col bg-surface">
      <label className="flex h-10 shrink-0 items-center gap-2 border-b px-3 text-faint">
        <Search className="size-3.5" aria-hidden />
        <input
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && query.trim() !== '' && first && !disabled) onAdd(first);
          }}
          placeholder="Find a block"
          aria-label="Find a block"
          className="min-w-0 flex-1 bg-transparent text-ink outline-none placeholder:text-faint"
        />
      </label>
      <div ref={list} className="min-h-0 flex-1 overflow-y-auto px-1.5 pb-4">
        {groups.map(({ group, title, blocks }) => (
          <section key={title} aria-label={title} className="first:pt-1">
            {group === null ? null : (
              <h2 className="sticky top-0 z-10 flex items-center gap-1.5 bg-surface px-1.5 pt-3 pb-1 text-2xs font-medium text-faint">
                <span className="size-2 rounded-full" style={{ background: groupColor(group) }} />
                {title}
              </h2>
            )}
            <ul>
              {blocks.map((block) => (
                <li key={block.name} className="group relative">
                  <Tooltip label={block.help} side="right">
                    <button
                      type="button"
                      draggable={!disabled}
                      disabled={disabled}
                      onDragStart={(event) => {
                        event.dataTransfer.setData(BLOCK_DRAG, block.name);
                        draggedBlock.current = block;
                      }}
                      onDragEnd={() => {
                        draggedBlock.current = null;
                      }}
                      onClick={() => onAdd(block)}
                      className="flex w-full items-baseline justify-between gap-2 rounded-md px-1.5 py-1 text-left -outline-offset-2 hover:bg-hover disabled:opacity-60"
                    >
                      <span className="truncate">{block.title}</span>
                      <code className="shrink-0 text-2xs text-faint group-focus-within:invisible group-hover:invisible">
                        {symbolOf(block)}
                      </code>
                    </button>
                  </Tooltip>
                  <a
                    href={referencePath(block.name)}
                    target="_blank"
                    aria-label={`${block.title} in the reference`}
                    title="Open in the reference"
                    className="absolute inset-y-0 right-1 grid w-6 place-items-center rounded-md text-faint opacity-0 -outline-offset-2 group-hover:opacity-100 hover:text-ink focus-visible:opacity-100"
                  >
                    <BookOpenText className="size-3.5" aria-hidden />
                  </a>
                </li>
              ))}
            </ul>
          </section>
        ))}
        {groups.length === 0 ? <p className="px-3 py-8 text-center text-muted">No block matches “{query}”.</p> : null}
      </div>
    </aside>
  );
}
