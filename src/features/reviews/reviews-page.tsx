'use client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ClipboardCheck } from 'lucide-react';
import Link from 'next/link';
import { useDeferredValue, useState } from 'react';
import { useTRPC, useTRPCClient } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import { newestFirst } from '#trpc/join-older.ts';
import { pageOf, useOlder } from '#trpc/use-older.ts';
import { Button } from '#ui/controls/button.tsx';
import { Input } from '#ui/controls/input.tsx';
import { Segmented } from '#ui/controls/segmented.tsx';
import { Select } from '#ui/controls/select.tsx';
import type { Column } from '#ui/data/column.ts';
import { ShowOlder } from '#ui/data/show-older.tsx';
import { Table } from '#ui/data/table.tsx';
import { Age } from '#ui/data/time.tsx';
import { Badge } from '#ui/feedback/badge.tsx';
import { EmptyState } from '#ui/feedback/empty-state.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { SkeletonRows } from '#ui/feedback/skeleton.tsx';
import { PageHeader } from '#ui/layout/page-header.tsx';
import { Panel } from '#ui/layout/panel.tsx';
import { ReviewState, type ReviewRow } from './review-state.tsx';

type Which = 'waiting' | 'mine' | 'all';
type State = 'open' | 'done' | 'any';

const PAGE = 50;
const BY_TIME = newestFirst<ReviewRow>(({ updatedAt }) => updatedAt);

const COLUMNS: readonly Column<ReviewRow>[] = [
  {
    id: 'title',
    header: 'Review',
    sortBy: (row) => row.title.toLowerCase(),
    cell: (row) => (
      <Link
        href={`/reviews/${row.id}`}
        title={row.title}
        className="block max-w-80 truncate font-medium hover:underline"
      >
        {row.title}
      </Link>
    ),
  },
  { id: 'state', header: 'State', sortBy: (row) => row.state, cell: (row) => <StateOfRow row={row} /> },
  {
    id: 'strategy',
    header: 'Strategy',
    wide: true,
    sortBy: (row) => row.formulaName.toLowerCase(),
    cell: (row) => (
      <>
        {row.formulaName}{' '}
        <span className="tabular text-faint">
          {row.baseNumber === null ? '' : `v${row.baseNumber} → `}v{row.versionNumber}
        </span>
      </>
    ),
  },
  { id: 'author', header: 'By', wide: true, cell: (row) => row.author?.name ?? 'someone who has left' },
  {
    id: 'people',
    header: 'Asked',
    wide: 'lg',
    cell: (row) => (
      <span className="block max-w-64 truncate text-muted">{row.people.map(({ name }) => name).join(', ')}</span>
    ),
  },
  {
    id: 'changed',
    header: 'Changed',
    align: 'right',
    sortBy: (row) => row.updatedAt,
    cell: (row) => <Age value={row.updatedAt} className="text-muted" />,
  },
];

const EMPTY = {
  waiting: [
    'Nothing waits for you',
    'When a colleague asks you to look at a strategy, it comes up here and in the bell.',
  ],
  mine: [
    'You have asked for no review',
    'Open a strategy and press “Ask for review”: a version is kept, and people you name look at it.',
  ],
  all: ['No reviews', 'A review asks named people to look at what changed in a strategy before it is published.'],
} as const;

function StateOfRow({ row }: { readonly row: ReviewRow }) {
  return (
    <span className="inline-flex flex-wrap items-center gap-1.5">
      <ReviewState review={row} />
      {row.state === 'open' && row.isEditedSince ? (
        <span title="The draft was edited since this version: what is approved is the version.">
          <Badge tone="warn">edited since v{row.versionNumber}</Badge>
        </span>
      ) : null}
    </span>
  );
}

/** Reviews of all strategies, the last changed first. */
export function ReviewsPage() {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const [which, setWhich] = useState<Which>('waiting');
  const [state, setState] = useState<State>('open');
  const [text, setText] = useState('');
  const words = useDeferredValue(text.trim());
  const wanted = { which, state, limit: PAGE, ...(words === '' ? {} : { text: words }) };
  const list = useQuery(trpc.review.list.queryOptions(wanted, { placeholderData: keepPreviousData }));
  const counts = useQuery(trpc.review.counts.queryOptions());
  const waiting = counts.data?.waiting ?? 0;
  const { rows, showOlder, isLoading } = useOlder(list.data, {
    of: JSON.stringify(wanted),
    hasMore: (list.data?.length ?? 0) >= PAGE,
    fetch: async ({ id, updatedAt: at }) =>
      pageOf(await client.review.list.query({ ...wanted, cursor: { id, at } }), PAGE),
    compare: BY_TIME,
  });
  const [title, help] = EMPTY[which];
  return (
    <>
      <PageHeader title="Reviews">What colleagues ask each other to look at before it is published.</PageHeader>
      <div className="px-4 pb-8 md:px-6">
        <div role="search" aria-label="Reviews" className="flex flex-wrap items-center gap-2 pb-3">
          <Segmented
            label="Which reviews"
            value={which}
            onChange={setWhich}
            options={[
              { value: 'waiting', label: waiting === 0 ? 'Waiting for me' : `Waiting for me ${waiting}` },
              { value: 'mine', label: 'Mine' },
              { value: 'all', label: 'All' },
            ]}
          />
          <Select
            aria-label="State"
            className="w-32!"
            value={state}
            onChange={setState}
            options={[
              { value: 'open', label: 'Open' },
              { value: 'done', label: 'Ended' },
              { value: 'any', label: 'Any state' },
            ]}
          />
          <Input
            type="search"
            aria-label="Search the reviews"
            placeholder="Title or strategy"
            className="w-56!"
            maxLength={100}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </div>
        {list.isError ? (
          <Problem title={explainError(list.error).title}>{explainError(list.error).advice}</Problem>
        ) : null}
        {list.isPending ? (
          <Panel>
            <SkeletonRows rows={3} />
          </Panel>
        ) : null}
        {rows?.length === 0 ? (
          <EmptyState
            icon={<ClipboardCheck />}
            title={words === '' ? title : 'No review is called so'}
            action={
              <Button asChild>
                <Link href="/formulas">Open the strategies</Link>
              </Button>
            }
          >
            {help}
          </EmptyState>
        ) : null}
        {rows && rows.length > 0 ? (
          <Panel>
            <Table label="Reviews" rows={rows} columns={COLUMNS} rowKey={({ id }) => id} />
            <ShowOlder onShow={showOlder} isLoading={isLoading} />
          </Panel>
        ) : null}
      </div>
    </>
  );
}
