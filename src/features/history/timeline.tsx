'use client';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, type ReactNode } from 'react';
import { cx } from '#ui/format/cx.ts';
import { useOneTabStop } from '#ui/hooks/use-one-tab-stop.ts';
import { TimelineRow } from './timeline-row.tsx';
import type { HistoryRow } from './use-history.ts';
import { useReviews, type VersionReview } from './use-reviews.ts';

interface TimelineProps {
  readonly formulaId: string;
  readonly rows: readonly HistoryRow[];
  readonly shownId: string | null;
  readonly onShow: (row: HistoryRow) => void;
  /** Asked when the end comes in sight; null when there is no more. */
  readonly onEnd: (() => void) | null;
  /** What stands above the versions: the draft. */
  readonly head?: ReactNode;
  readonly className?: string;
}

const NONE: readonly VersionReview[] = [];

/** Measured as soon as it is drawn. */
const ROW_HEIGHT = 64;

/** Versions down the time, the newest first; only those in sight are drawn. */
export function Timeline({ formulaId, rows, shownId, onShow, onEnd, head, className }: TimelineProps) {
  const { reviewsOf, published, formulaName } = useReviews(formulaId);
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => rows[index]?.id ?? index,
    estimateSize: () => ROW_HEIGHT,
    overscan: 10,
  });
  useOneTabStop(scroller, 'li[data-index]');
  const items = virtualizer.getVirtualItems();
  const isAtEnd = (items.at(-1)?.index ?? -1) >= rows.length - 1;
  useEffect(() => {
    if (isAtEnd) onEnd?.();
  }, [isAtEnd, onEnd]);
  const before = items[0]?.start ?? 0;
  const after = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    // A list that scrolls is reached by the keyboard.
    <div ref={scroller} tabIndex={0} role="region" aria-label="Versions" className={cx('overflow-auto', className)}>
      {head}
      <ol>
        {before > 0 ? <li aria-hidden style={{ height: before }} /> : null}
        {items.map(({ index, key }) => {
          const row = rows[index];
          return row ? (
            <li
              key={String(key)}
              ref={virtualizer.measureElement}
              data-index={index}
              aria-setsize={rows.length}
              aria-posinset={index + 1}
              className="border-b border-line/70"
            >
              <TimelineRow
                formulaId={formulaId}
                formulaName={formulaName}
                row={row}
                reviews={reviewsOf.get(row.id) ?? NONE}
                isPublished={row.number === published}
                isShown={row.id === shownId}
                onShow={() => onShow(row)}
              />
            </li>
          ) : null;
        })}
        {after > 0 ? <li aria-hidden style={{ height: after }} /> : null}
      </ol>
    </div>
  );
}
