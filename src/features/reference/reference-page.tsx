'use client';
import { BookOpenText, Search, X } from 'lucide-react';
import { memo, useDeferredValue, useEffect, useMemo, useRef, useState, type KeyboardEvent, type Ref } from 'react';
import { useCommands, type Command } from '#commands/index.ts';
import { BLOCKS, findBlock } from '#core/formula/blocks/catalogue.ts';
import { suggest } from '#core/formula/language/suggest.ts';
import type { Block } from '#core/formula/model/block.ts';
import { findBlocks } from '#core/formula/reference/find-blocks.ts';
import { IconButton } from '#ui/controls/icon-button.tsx';
import { EmptyState } from '#ui/feedback/empty-state.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { cx } from '#ui/format/cx.ts';
import { Kbd } from '#ui/layout/kbd.tsx';
import { BlockEntry } from './block-entry.tsx';
import { BlockIndex } from './block-index.tsx';
import { BlockLink } from './block-link.tsx';
import { Gallery } from './gallery.tsx';
import { PlaceProvider, useOpenBlock, usePlace } from './place.tsx';
import { PlotsProvider, usePlots } from './plots.tsx';

/** The reference: every block, or the one that the address names. */
export function ReferencePage() {
  const [query, setQuery] = useState('');
  const blocks = useMemo(() => findBlocks(query), [query]);
  // Typing comes first; the many cards follow when there is time.
  const shown = useDeferredValue(useMemo(() => ({ query, blocks }), [query, blocks]));
  const open = useOpenBlock();
  const block = open === null ? null : (findBlock(open) ?? 'unknown');
  const search = useRef<HTMLInputElement>(null);
  useCommands(
    useMemo(
      (): readonly Command[] => [
        {
          id: 'reference.search',
          title: 'Find a block',
          group: 'View',
          icon: <Search />,
          shortcut: '/',
          keywords: ['reference', 'search'],
          run: () => search.current?.select(),
        },
      ],
      [],
    ),
  );
  useEffect(() => {
    document.title = `${block === null || block === 'unknown' ? 'Reference' : block.title} · Alphaloom`;
  }, [block]);
  return (
    <PlaceProvider>
      <PlotsProvider>
        <div className="flex h-full flex-col lg:flex-row">
          <aside
            aria-label="Find a block"
            className={cx(
              'flex shrink-0 flex-col border-b lg:w-66 lg:border-r lg:border-b-0',
              open !== null && 'max-lg:hidden',
            )}
          >
            <SearchField ref={search} query={query} onChange={setQuery} blocks={blocks} />
            <BlockIndex blocks={shown.blocks} isSearch={shown.query.trim() !== ''} open={open} />
          </aside>
          <div data-scroller className="min-h-0 min-w-0 flex-1 overflow-y-auto">
            {block === null ? (
              <Overview {...shown} />
            ) : block === 'unknown' ? (
              <Unknown name={open ?? ''} />
            ) : (
              <BlockEntry key={block.name} block={block} />
            )}
          </div>
        </div>
      </PlotsProvider>
    </PlaceProvider>
  );
}

const Overview = memo(function Overview({
  query,
  blocks,
}: {
  readonly query: string;
  readonly blocks: readonly Block[];
}) {
  const plots = usePlots();
  return (
    <>
      <header className="px-4 pt-5 pb-1 md:px-6">
        <h1 className="text-xl font-semibold">Reference</h1>
        <p className="mt-0.5 text-muted">{BLOCKS.length} blocks, each at its defaults on the S&amp;P 500.</p>
      </header>
      {plots.state === 'failed' ? (
        <Problem title="The prices for the plots are not here" className="mx-4 mt-3 md:mx-6">
          {plots.why}
        </Problem>
      ) : null}
      <Gallery query={query} blocks={blocks} />
    </>
  );
});

function Unknown({ name }: { readonly name: string }) {
  const near = suggest(
    name,
    BLOCKS.map((known) => known.name),
  );
  return (
    <EmptyState
      icon={<BookOpenText />}
      title={`There is no block “${name}”`}
      action={
        <BlockLink name={null} className="font-medium text-accent-text hover:underline">
          All blocks
        </BlockLink>
      }
    >
      {near === undefined ? (
        'It may be of a newer release, or mistyped.'
      ) : (
        <>
          Did you mean{' '}
          <BlockLink name={near} className="font-mono text-accent-text hover:underline">
            {near}
          </BlockLink>
          ?
        </>
      )}
    </EmptyState>
  );
}

interface SearchFieldProps {
  readonly ref: Ref<HTMLInputElement>;
  readonly query: string;
  readonly onChange: (query: string) => void;
  readonly blocks: readonly Block[];
}

/**
 * Finds as one types. The arrows open the next and the last block found, Enter moves into it, Escape goes back to all.
 */
function SearchField({ ref, query, onChange, blocks }: SearchFieldProps) {
  const place = usePlace();
  const move = (by: number) => {
    const open = place.now();
    const at = blocks.findIndex(({ name }) => name === open);
    const next = blocks[at < 0 ? (by > 0 ? 0 : blocks.length - 1) : Math.max(0, Math.min(blocks.length - 1, at + by))];
    if (next) place.go(next.name, { replace: open !== null });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    switch (event.key) {
      case 'ArrowDown':
        event.preventDefault();
        return move(1);
      case 'ArrowUp':
        event.preventDefault();
        return move(-1);
      case 'Enter':
        if (!blocks.some(({ name }) => name === place.now())) move(1);
        return document.getElementById('block')?.focus();
      case 'Escape':
        if (query !== '') return onChange('');
        return place.go(null);
    }
  };
  return (
    <div className="flex h-12 shrink-0 items-center gap-2 px-4 text-faint">
      <Search className="size-4 shrink-0" aria-hidden />
      <input
        ref={ref}
        value={query}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
        placeholder="Find a block"
        aria-label="Find a block"
        autoComplete="off"
        spellCheck={false}
        className="h-full min-w-0 flex-1 bg-transparent text-ink outline-none placeholder:text-faint"
      />
      {query === '' ? (
        <span className="max-lg:hidden">
          <Kbd keys="/" />
        </span>
      ) : (
        <IconButton size="sm" label="Clear" onClick={() => onChange('')}>
          <X />
        </IconButton>
      )}
      <span role="status" className="sr-only">
        {query.trim() === '' ? '' : `${blocks.length} found`}
      </span>
    </div>
  );
}
