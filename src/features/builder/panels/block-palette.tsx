'use client';
import { Search } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { findBlock } from '#core/formula/blocks/catalogue.ts';
import type { Block } from '#core/formula/model/block.ts';
import { findBlocks } from '#core/formula/reference/find-blocks.ts';
import { groupBlocks } from '#core/formula/reference/groups.ts';
import { useOneTabStop } from '#ui/hooks/use-one-tab-stop.ts';
import { useBlockHabits } from '../workspace/index.ts';
import { PaletteGroup } from './palette-group.tsx';

interface BlockPaletteProps {
  /** The functions of the strategy, which stand above the blocks that everybody has. */
  readonly functions: readonly Block[];
  readonly onAdd: (block: Block) => void;
  readonly disabled: boolean;
}

const FAVOURITES = 'Favourites';
const FUNCTIONS = 'Functions';

/** Every block, by group: dragged onto the canvas, or added by a click, or by Enter the first that is found. */
export function BlockPalette({ functions, onAdd, disabled }: BlockPaletteProps) {
  const [query, setQuery] = useState('');
  const { habits, toggle } = useBlockHabits();
  const found = useMemo(() => findBlocks(query), [query]);
  const words = query.trim().toLowerCase();
  const own = functions.filter(({ name }) => name.toLowerCase().includes(words));
  const isSearch = query.trim() !== '';
  const favourites = useMemo(() => new Set(habits.favourites), [habits.favourites]);
  const liked = habits.favourites.flatMap((name) => findBlock(name) ?? []);
  const list = useRef<HTMLDivElement>(null);
  useOneTabStop(list, 'li, h2');
  useEffect(() => void list.current?.scrollTo({ top: 0 }), [query]);
  const [first] = [...own, ...found];
  const common = {
    favourites,
    disabled,
    onAdd,
    onFavourite: (block: Block) => toggle('favourites', block.name),
  };
  return (
    <aside data-pane aria-label="Blocks" className="flex h-full flex-col bg-surface">
      <label className="flex h-10 shrink-0 items-center gap-2 border-b px-3 text-faint">
        <Search className="size-3.5" aria-hidden />
        <input
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && isSearch && first && !disabled) onAdd(first);
          }}
          placeholder="Find a block"
          aria-label="Find a block"
          className="min-w-0 flex-1 bg-transparent text-ink outline-none placeholder:text-faint"
        />
      </label>
      <div ref={list} className="min-h-0 flex-1 overflow-y-auto px-1.5 pb-4">
        {isSearch ? (
          // What is found stands in the order of how near it is, not by group.
          <PaletteGroup {...common} title="Found" group={null} blocks={[...own, ...found]} isFolded={false} />
        ) : (
          [
            ...(own.length > 0 ? [{ group: null, title: FUNCTIONS, blocks: own }] : []),
            ...(liked.length > 0 ? [{ group: null, title: FAVOURITES, blocks: liked }] : []),
            ...groupBlocks(found),
          ].map(({ group, title, blocks }) => (
            <PaletteGroup
              {...common}
              key={title}
              title={title}
              group={group}
              blocks={blocks}
              isFolded={habits.folded.includes(title)}
              onFold={() => toggle('folded', title)}
            />
          ))
        )}
        {isSearch && first === undefined ? (
          <p className="px-3 py-8 text-center text-muted">No block matches “{query}”.</p>
        ) : null}
      </div>
    </aside>
  );
}
