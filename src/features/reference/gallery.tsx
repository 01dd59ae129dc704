'use client';
import { SearchX } from 'lucide-react';
import { memo } from 'react';
import type { Block } from '#core/formula/model/block.ts';
import { groupBlocks } from '#core/formula/reference/groups.ts';
import { symbolOf } from '#core/formula/reference/symbol-of.ts';
import { EmptyState } from '#ui/feedback/empty-state.tsx';
import { Skeleton } from '#ui/feedback/skeleton.tsx';
import { cx } from '#ui/format/cx.ts';
import { useWidth } from '#ui/hooks/use-width.ts';
import { groupColor } from '#ui/layout/group-color.ts';
import { BlockLink } from './block-link.tsx';
import { AS_TYPED } from './formula-code.tsx';
import { MiniChart } from './plot/mini-chart.tsx';
import { usePlots } from './plots.tsx';
import { useNear } from './use-near.ts';

interface GalleryProps {
  readonly query: string;
  readonly blocks: readonly Block[];
}

const CARD_WIDTH = 220;
const GAP = 12;
const PADDING = 13;
const CHART_HEIGHT = 104;

/** Every block as a card with its plot; with a query, those that match, the nearest first. */
export function Gallery({ query, blocks }: GalleryProps) {
  const [element, width] = useWidth<HTMLDivElement>();
  const columns = Math.max(1, Math.floor((width + GAP) / (CARD_WIDTH + GAP)));
  const chartWidth = Math.floor((width - GAP * (columns - 1)) / columns) - 2 * PADDING;
  const isSearch = query.trim() !== '';
  const groups = isSearch
    ? [
        {
          group: 'found',
          title: `${blocks.length} ${blocks.length === 1 ? 'block' : 'blocks'}`,
          help: `matching “${query.trim()}”`,
          blocks,
        },
      ]
    : groupBlocks(blocks);
  return (
    <div className="px-4 pb-10 md:px-6">
      <div ref={element}>
        {blocks.length === 0 ? (
          <EmptyState icon={<SearchX />} title={`No block matches “${query.trim()}”`}>
            Try a word of what it does: “average”, “breakout”, “volume”.
          </EmptyState>
        ) : null}
        {width === 0 || blocks.length === 0
          ? null
          : groups.map((group) => (
              <section key={group.group} aria-label={group.title} className="pb-4">
                <h2 className="sticky top-0 z-10 -mx-1 flex items-baseline gap-2 bg-canvas px-1 pt-3 pb-2 font-semibold">
                  {group.title}
                  <span className="truncate text-xs font-normal text-muted">{group.help}</span>
                </h2>
                <ul className="grid" style={{ gap: GAP, gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}>
                  {group.blocks.map((block) => (
                    <Card key={block.name} block={block} chartWidth={chartWidth} />
                  ))}
                </ul>
              </section>
            ))}
      </div>
    </div>
  );
}

const Card = memo(function Card({ block, chartWidth }: { readonly block: Block; readonly chartWidth: number }) {
  const [element, isNear] = useNear<HTMLLIElement>();
  return (
    <li ref={element}>
      <BlockLink
        name={block.name}
        className="group flex h-full flex-col rounded-lg border bg-surface p-3 transition-colors hover:border-line-strong hover:shadow-raised"
      >
        <span className="flex items-baseline gap-1.5">
          <span
            className="size-2 shrink-0 self-center rounded-full"
            style={{ background: groupColor(block.group) }}
            aria-hidden
          />
          <span className="min-w-0 truncate font-medium">{block.title}</span>
          <code className={cx('ml-auto shrink-0 text-2xs text-faint', AS_TYPED)}>{symbolOf(block)}</code>
        </span>
        <span className="mt-2 block" style={{ height: CHART_HEIGHT }}>
          {isNear ? <Stamp block={block} width={chartWidth} /> : null}
        </span>
        <span className="mt-2 line-clamp-2 text-xs leading-4 text-muted">{block.help}</span>
      </BlockLink>
    </li>
  );
});

function Stamp({ block, width }: { readonly block: Block; readonly width: number }) {
  const plots = usePlots();
  if (plots.state === 'failed') return null;
  if (plots.state === 'loading') return <Skeleton className="h-full" />;
  return <MiniChart plot={plots.plots.plotOf(block)} bars={plots.plots.bars} width={width} height={CHART_HEIGHT} />;
}
