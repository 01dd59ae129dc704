'use client';
import { useQuery } from '@tanstack/react-query';
import { Radio } from 'lucide-react';
import Link from 'next/link';
import { useMemo, useState } from 'react';
import { useTRPC } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import { Button } from '#ui/controls/button.tsx';
import { Select } from '#ui/controls/select.tsx';
import type { Column } from '#ui/data/column.ts';
import { Figure } from '#ui/data/figure.tsx';
import { ShowOlder } from '#ui/data/show-older.tsx';
import { Table } from '#ui/data/table.tsx';
import { Age, Time } from '#ui/data/time.tsx';
import { EmptyState } from '#ui/feedback/empty-state.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { SkeletonRows } from '#ui/feedback/skeleton.tsx';
import { PageHeader } from '#ui/layout/page-header.tsx';
import { Panel } from '#ui/layout/panel.tsx';
import { KindBadge } from './kind-badge.tsx';
import { useSignals, type SignalRow } from './use-signals.ts';

const COLUMNS: readonly Column<SignalRow>[] = [
  { id: 'kind', header: 'Signal', sortBy: (signal) => signal.kind, cell: (signal) => <KindBadge kind={signal.kind} /> },
  {
    id: 'bot',
    header: 'Bot',
    sortBy: (signal) => signal.botName,
    cell: (signal) => (
      <>
        {signal.botName} <span className="text-faint">v{signal.versionNumber}</span>
      </>
    ),
  },
  { id: 'market', header: 'Market', wide: true, cell: (signal) => `${signal.symbol} ${signal.timeframe}` },
  { id: 'price', header: 'Price', align: 'right', cell: (signal) => <Figure value={signal.price} kind="price" /> },
  {
    id: 'bar',
    header: 'Bar',
    align: 'right',
    sortBy: (signal) => signal.barTime,
    cell: (signal) => <Time value={signal.barTime} detail="day" />,
  },
  {
    id: 'why',
    header: 'Why',
    wide: true,
    cell: (signal) => (
      <span className="text-muted">
        {signal.note ?? ''} <code className="font-mono text-2xs">{signal.reason}</code>
      </span>
    ),
  },
  {
    id: 'emitted',
    header: 'Emitted',
    align: 'right',
    sortBy: (signal) => signal.emittedAt,
    cell: (signal) => <Age value={signal.emittedAt} className="text-muted" />,
  },
];

export function SignalsPage() {
  const trpc = useTRPC();
  const [botId, setBotId] = useState('all');
  const bots = useQuery(trpc.bot.list.queryOptions());
  const signals = useSignals(botId === 'all' ? undefined : botId);
  const options = useMemo(
    () => [
      { value: 'all', label: 'All bots' },
      ...(bots.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
    ],
    [bots.data],
  );
  return (
    <>
      <PageHeader
        title="Signals"
        actions={<Select className="w-52!" aria-label="Bot" value={botId} onChange={setBotId} options={options} />}
      >
        What the bots say, as they say it.
      </PageHeader>
      <div className="px-4 pb-8 md:px-6">
        {signals.error ? (
          <Problem title={explainError(signals.error).title}>{explainError(signals.error).advice}</Problem>
        ) : null}
        {signals.rows === null && !signals.error ? (
          <Panel>
            <SkeletonRows />
          </Panel>
        ) : null}
        {signals.rows?.length === 0 ? (
          <EmptyState
            icon={<Radio />}
            title="No signals yet"
            action={
              <Button look="primary" asChild>
                <Link href="/bots">Open the bots</Link>
              </Button>
            }
          >
            Start a bot: its signals come in here at the close of each bar, without a reload.
          </EmptyState>
        ) : null}
        {signals.rows && signals.rows.length > 0 ? (
          <Panel>
            <Table
              label="Signals"
              rows={signals.rows}
              columns={COLUMNS}
              rowKey={({ id }) => id}
              className="max-h-[calc(100dvh-180px)]"
            />
            <ShowOlder onShow={signals.showOlder} isLoading={signals.isLoading} />
          </Panel>
        ) : null}
      </div>
    </>
  );
}
