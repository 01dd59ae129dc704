'use client';
import { GitCommitVertical, History } from 'lucide-react';
import Link from 'next/link';
import { explainError } from '#trpc/explain-error.ts';
import { Button } from '#ui/controls/button.tsx';
import { EmptyState } from '#ui/feedback/empty-state.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { SkeletonRows } from '#ui/feedback/skeleton.tsx';
import { DraftRow } from './draft-row.tsx';
import { Timeline } from './timeline.tsx';
import { NO_FILTER, useHistory, type HistoryRow } from './use-history.ts';

interface HistoryPanelProps {
  readonly formulaId: string;
  readonly onShow: (row: HistoryRow) => void;
}

/** The versions of a strategy beside the strategy. */
export function HistoryPanel({ formulaId, onShow }: HistoryPanelProps) {
  const { rows, error, isPending, isMore, isFetchingMore, fetchMore } = useHistory(formulaId, NO_FILTER);
  if (error)
    return (
      <Problem title={explainError(error).title} className="m-3">
        {explainError(error).advice}
      </Problem>
    );
  if (isPending) return <SkeletonRows rows={3} />;
  if (rows.length === 0)
    return (
      <EmptyState icon={<GitCommitVertical />} title="No versions yet">
        A version keeps the formula as it is now, for good. Bots run versions; a backtest runs the draft.
      </EmptyState>
    );
  return (
    <div className="flex h-full min-h-0 flex-col">
      <Timeline
        formulaId={formulaId}
        rows={rows}
        shownId={null}
        onShow={onShow}
        onEnd={isMore && !isFetchingMore ? () => void fetchMore() : null}
        head={
          <>
            <div className="px-4 pt-2">
              <Button size="sm" asChild>
                <Link href={`/formulas/${formulaId}/history`}>
                  <History /> Search, restore and branch
                </Link>
              </Button>
            </div>
            <DraftRow formulaId={formulaId} newestId={rows[0]?.id ?? null} />
          </>
        }
        className="min-h-0 flex-1"
      />
    </div>
  );
}
