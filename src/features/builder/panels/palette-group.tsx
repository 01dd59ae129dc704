'use client';
import { BookOpenText, ChevronRight, Star } from 'lucide-react';
import type { Block } from '#core/formula/model/block.ts';
import { symbolOf } from '#core/formula/reference/symbol-of.ts';
import { referencePath } from '#features/reference/index.ts';
import { Tooltip } from '#ui/feedback/tooltip.tsx';
import { cx } from '#ui/format/cx.ts';
import { groupColor } from '#ui/layout/group-color.ts';
import { BLOCK_DRAG, draggedBlock } from '../canvas/index.ts';

interface PaletteGroupProps {
  readonly title: string;
  /** The colour is that of this group; null without one. */
  readonly group: Block['group'] | null;
  readonly blocks: readonly Block[];
  readonly isFolded: boolean;
  /** Left out: the group has no heading and is always open. */
  readonly onFold?: () => void;
  readonly favourites: ReadonlySet<string>;
  readonly onFavourite: (block: Block) => void;
  readonly disabled: boolean;
  readonly onAdd: (block: Block) => void;
}

/** Blocks of one kind, under a heading that folds them away. */
export function PaletteGroup({ title, group, blocks, isFolded, onFold, ...item }: PaletteGroupProps) {
  return (
    <section aria-label={title} className="first:pt-1">
      {onFold ? (
        <h2 className="sticky top-0 z-10 bg-surface pt-2 pb-0.5">
          <button
            type="button"
            aria-expanded={!isFolded}
            onClick={onFold}
            className="flex w-full items-center gap-1.5 rounded-md px-1.5 py-0.5 text-2xs font-medium text-faint hover:bg-hover hover:text-ink"
          >
            <ChevronRight className={cx('size-3 transition-transform', !isFolded && 'rotate-90')} aria-hidden />
            {group === null ? null : (
              <span className="size-2 rounded-full" style={{ background: groupColor(group) }} aria-hidden />
            )}
            {title}
            <span className="tabular ml-auto">{blocks.length}</span>
          </button>
        </h2>
      ) : null}
      {isFolded ? null : (
        <ul>
          {blocks.map((block) => (
            <PaletteItem key={block.name} block={block} {...item} />
          ))}
        </ul>
      )}
    </section>
  );
}

type PaletteItemProps = Pick<PaletteGroupProps, 'favourites' | 'onFavourite' | 'disabled' | 'onAdd'> & {
  readonly block: Block;
};

const QUIET =
  'grid w-5 place-items-center rounded-md text-faint opacity-0 -outline-offset-2 group-hover:opacity-100 hover:text-ink focus-visible:opacity-100';

function PaletteItem({ block, favourites, onFavourite, disabled, onAdd }: PaletteItemProps) {
  const isFavourite = favourites.has(block.name);
  const words = `${isFavourite ? 'No favourite any more' : 'Make a favourite'}: ${block.title}`;
  return (
    <li className="group relative">
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
      <span className="absolute inset-y-0 right-1 flex">
        <button
          type="button"
          aria-label={words}
          aria-pressed={isFavourite}
          title={words}
          onClick={() => onFavourite(block)}
          className={cx(QUIET, isFavourite && 'text-warn')}
        >
          <Star className={cx('size-3.5', isFavourite && 'fill-current')} aria-hidden />
        </button>
        <a
          href={referencePath(block.name)}
          target="_blank"
          aria-label={`${block.title} in the reference`}
          title="Open in the reference"
          className={QUIET}
        >
          <BookOpenText className="size-3.5" aria-hidden />
        </a>
      </span>
    </li>
  );
}
