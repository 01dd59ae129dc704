'use client';
import { Bot, GitBranch, GitCompare, GitMerge, MessagesSquare, Play, Workflow } from 'lucide-react';
import Link from 'next/link';
import { Button } from '#ui/controls/button.tsx';
import { IconButton } from '#ui/controls/icon-button.tsx';
import { Age } from '#ui/data/time.tsx';
import { Badge } from '#ui/feedback/badge.tsx';
import { cx } from '#ui/format/cx.ts';
import type { HistoryRow } from './use-history.ts';
import type { VersionReview } from './use-reviews.ts';
import { formatCount } from './words.ts';
import { WorkLines } from './work-line.tsx';

interface TimelineRowProps {
  readonly formulaId: string;
  readonly formulaName: string;
  readonly row: HistoryRow;
  readonly reviews: readonly VersionReview[];
  readonly isPublished: boolean;
  readonly isShown: boolean;
  readonly onShow: () => void;
}

/** A link within the row, above what shows the version. */
const LINK = 'relative z-10 inline-flex items-center gap-1 hover:underline';

/** One version with what belongs to it, and the work that led to it. */
export function TimelineRow({ formulaId, formulaName, row, reviews, isPublished, isShown, onShow }: TimelineRowProps) {
  const { number, name, message, tags, author, importedBy, at, errorCount, runs, bots, branches, merge, work } = row;
  return (
    <div
      className={cx('relative flex items-start gap-2 py-2 pr-2 pl-4 hover:bg-hover', isShown && 'bg-accent-soft')}
      aria-current={isShown ? 'true' : undefined}
    >
      {/* The first stop of the row, and as large as the row: links lie above it. */}
      <IconButton
        size="sm"
        label={`Show version ${number}`}
        onClick={onShow}
        className="order-last after:absolute after:inset-0"
      >
        <Workflow />
      </IconButton>
      <div className="min-w-0 flex-1 space-y-0.5">
        <p className="flex items-baseline gap-2">
          <span className="tabular font-semibold">v{number}</span>
          {name === '' ? null : <span className="truncate font-medium">{name}</span>}
          <span className="min-w-0 flex-1 truncate" title={message}>
            {message}
          </span>
        </p>
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-2xs text-muted">
          <span>
            {author} · <Age value={at} />
            {importedBy === null ? '' : ` · imported by ${importedBy}`}
          </span>
          {tags.map((tag) => (
            <Badge key={tag}>{tag}</Badge>
          ))}
          {errorCount > 0 ? <Badge tone="warn">{formatCount(errorCount, 'error')}</Badge> : null}
          {isPublished ? <Badge tone="good">published</Badge> : null}
          {reviews.map((review) => (
            <Link key={review.id} href={`/reviews/${review.id}`} title={review.title} className={LINK}>
              <MessagesSquare className="size-3" aria-hidden /> review: {review.words}
            </Link>
          ))}
          {runs > 0 ? (
            <Link href={`/backtests?strategy=${formulaId}`} className={LINK}>
              <Play className="size-3" aria-hidden /> {formatCount(runs, 'run')}
            </Link>
          ) : null}
          {bots > 0 ? (
            <Link href={`/bots?q=${encodeURIComponent(formulaName)}`} className={LINK}>
              <Bot className="size-3" aria-hidden /> {formatCount(bots, 'bot')}
            </Link>
          ) : null}
          {branches > 0 ? (
            <span className="inline-flex items-center gap-1">
              <GitBranch className="size-3" aria-hidden /> {formatCount(branches, 'branch', 'branches')}
            </span>
          ) : null}
          {merge ? (
            <Link href={`/formulas/${merge.formulaId}/history?version=${merge.versionNumber}`} className={LINK}>
              <GitMerge className="size-3" aria-hidden />
              {merge.isUndone ? 'merge taken back' : `from ${merge.name} v${merge.versionNumber}`}
            </Link>
          ) : null}
        </p>
        <WorkLines work={work} />
      </div>
      <Button size="sm" look="quiet" className="relative z-10 w-7 px-0!" asChild>
        <Link
          href={`/formulas/${formulaId}/compare?from=${row.id}&to=draft`}
          aria-label={`Compare version ${number} with the draft`}
          title={`Compare version ${number} with the draft`}
        >
          <GitCompare />
        </Link>
      </Button>
    </div>
  );
}
