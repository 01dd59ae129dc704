'use client';
import { useQuery } from '@tanstack/react-query';
import { FlaskConical } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTRPC } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import type { Outputs } from '#trpc/types.ts';
import { Button } from '#ui/button.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { Figure } from '#ui/figure.tsx';
import { PageHeader } from '#ui/page-header.tsx';
import { Panel } from '#ui/panel.tsx';
import { Problem } from '#ui/problem.tsx';
import { SkeletonRows } from '#ui/skeleton.tsx';
import { Table, type Column } from '#ui/table.tsx';
import { Age } from '#ui/time.tsx';
import { StatusBadge } from './status-badge.tsx';

type Row = Outputs['backtest']['list'][number];

const metric = (row: Row, key: string): number => row.metrics?.[key] ?? Number.NaN;
const percent = (id: string, header: string, key: string, tone: 'outcome' | 'plain'): Column<Row> => ({
  id, header, align: 'right', wide: true, sortBy: (row) => metric(row, key), cell: (row) => <Figure value={metric(row, key)} kind="percent" digits={1} tone={tone} />,
});

const COLUMNS: readonly Column<Row>[] = [
  { id: 'formula', header: 'Formula', sortBy: (row) => row.formulaName.toLowerCase(), cell: (row) => <Link href={`/backtests/${row.id}`} className="font-medium hover:underline">{row.formulaName} <span className="font-normal text-faint">v{row.versionNumber}</span></Link> },
  { id: 'market', header: 'Market', wide: true, sortBy: (row) => row.symbol, cell: (row) => `${row.symbol} ${row.timeframe}` },
  { id: 'status', header: 'Status', sortBy: (row) => row.status, cell: (row) => <StatusBadge status={row.status} progress={row.progress} /> },
  percent('return', 'Total return', 'totalReturn', 'outcome'),
  percent('cagr', 'CAGR', 'cagr', 'outcome'),
  { id: 'sharpe', header: 'Sharpe', align: 'right', wide: true, sortBy: (row) => metric(row, 'sharpe'), cell: (row) => <Figure value={metric(row, 'sharpe')} kind="ratio" /> },
  percent('drawdown', 'Max drawdown', 'maxDrawdown', 'plain'),
  { id: 'trades', header: 'Trades', align: 'right', wide: true, sortBy: (row) => metric(row, 'trades'), cell: (row) => <Figure value={metric(row, 'trades')} kind="count" /> },
  { id: 'by', header: 'By', wide: true, cell: (row) => row.requestedBy },
  { id: 'queued', header: 'When', align: 'right', sortBy: (row) => row.queuedAt, cell: (row) => <Age value={row.queuedAt} className="text-muted" /> },
];

export function BacktestsPage() {
  const trpc = useTRPC();
  const router = useRouter();
  const backtests = useQuery(trpc.backtest.list.queryOptions({}));
  return (
    <>
      <PageHeader title="Backtests">What the team has asked of the past. Runs appear here as they happen.</PageHeader>
      <div className="px-4 pb-8 md:px-6">
        {backtests.isError ? <Problem title={explainError(backtests.error).title}>{explainError(backtests.error).advice}</Problem> : null}
        {backtests.isPending ? <Panel><SkeletonRows /></Panel> : null}
        {backtests.data?.length === 0 ? (
          <EmptyState icon={<FlaskConical />} title="No backtests yet" action={<Button look="primary" asChild><Link href="/formulas">Open a formula</Link></Button>}>
            Open a formula and press “Run backtest”. Its result comes up here for the whole team.
          </EmptyState>
        ) : null}
        {backtests.data && backtests.data.length > 0 ? (
          <Panel><Table label="Backtests" rows={backtests.data} columns={COLUMNS} rowKey={(row) => row.id} initialSort={{ id: 'queued', desc: true }} onRowOpen={(row) => router.push(`/backtests/${row.id}`)} className="max-h-[calc(100dvh-160px)]" /></Panel>
        ) : null}
      </div>
    </>
  );
}
