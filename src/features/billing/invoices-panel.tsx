'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTRPC } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import { Button } from '#ui/controls/button.tsx';
import { Badge } from '#ui/feedback/badge.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { SkeletonRows } from '#ui/feedback/skeleton.tsx';
import { Panel } from '#ui/layout/panel.tsx';
import { dayInWords, moneyInWords } from './plan-words.ts';

const A_PAGE = 12;

/** Invoices, the newest first; each is a page of Stripe's. */
export function InvoicesPanel() {
  const trpc = useTRPC();
  const invoices = useInfiniteQuery(
    trpc.billing.invoices.infiniteQueryOptions(
      { limit: A_PAGE },
      { getNextPageParam: (page) => (page.length < A_PAGE ? undefined : page.at(-1)?.id) },
    ),
  );
  const all = invoices.data?.pages.flat() ?? [];
  return (
    <Panel title="Invoices">
      {invoices.isPending ? <SkeletonRows rows={3} /> : null}
      {invoices.isError ? (
        <Problem title={explainError(invoices.error).title}>{explainError(invoices.error).advice}</Problem>
      ) : null}
      {invoices.isSuccess && all.length === 0 ? (
        <p className="px-4 py-3 text-muted">No invoices yet. The first one comes with the first payment.</p>
      ) : null}
      <ul className="divide-y divide-line/70 px-4">
        {all.map(({ id, number, status, total, currency, createdAt, page }) => (
          <li key={id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2">
            <span>
              {dayInWords(createdAt)}{' '}
              {page === null ? (
                <span className="text-muted">{number}</span>
              ) : (
                <a className="underline" href={page} target="_blank" rel="noreferrer">
                  {number ?? 'Invoice'}
                </a>
              )}
            </span>
            <span className="flex items-center gap-2 tabular-nums">
              <Badge tone={status === 'paid' ? 'good' : status === 'open' ? 'bad' : 'neutral'}>
                {status ?? 'draft'}
              </Badge>
              {moneyInWords(total, currency)}
            </span>
          </li>
        ))}
      </ul>
      {invoices.hasNextPage ? (
        <div className="border-t px-4 py-2">
          <Button size="sm" busy={invoices.isFetchingNextPage} onClick={() => void invoices.fetchNextPage()}>
            Show older
          </Button>
        </div>
      ) : null}
    </Panel>
  );
}
