'use client';
import { useQuery } from '@tanstack/react-query';
import { Grid3x3 } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { StatusBadge } from '#features/backtests/index.ts';
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
import { describeInputs } from './describe-inputs.ts';

type Row = Outputs['sweep']['list'][number];

const best = (row: Row, key: string): number => row.best?.metrics[key] ?? Number.NaN;

const COLUMNS: readonly Column<Row>[] = [
  { id: 'formula', header: 'Formula', sortBy: (row) => row.formulaName.toLowerCase(), cell: (row) => <Link href={`/sweeps/${row.id}`} className="font-medium hover:underline">{row.formulaName} <span className="font-normal text-faint">v{row.versionNumber}</span></Link> },
  { id: 'kind', header: 'Kind', wide: true, sortBy: (row) => (row.windows ? 1 : 0), cell: (row) => (row.windows ? 'Walk-forward' : 'Sweep') },
  { id: 'market', header: 'Market', wide: true, sortBy: (row) => row.symbol, cell: (row) => `${row.symbol} ${row.timeframe}` },
  { id: 'status', header: 'Status', sortBy: (row) => row.status, cell: (row) => <StatusBadge status={row.status} progress={row.progress} /> },
  { id: 'size', header: 'Settings', align: 'right', sortBy: (row) => row.candidateCount, cell: (row) => <Figure value={row.candidateCount} kind="count" /> },
  { id: 'inputs', header: 'Best inputs', wide: true, cell: (row) => <code className="text-2xs text-muted">{row.best?.inputs ? describeInputs(row.best.inputs) : '–'}</code> },
  { id: 'return', header: 'Total return', align: 'right', wide: true, sortBy: (row) => best(row, 'totalReturn'), cell: (row) => <Figure value={best(row, 'totalReturn')} kind="percent" digits={1} tone="outcome" /> },
  { id: 'sharpe', header: 'Sharpe', align: 'right', wide: true, sortBy: (row) => best(row, 'sharpe'), cell: (row) => <Figure value={best(row, 'sharpe')} kind="ratio" /> },
  { id: 'queued', header: 'When', align: 'right', sortBy: (row) => row.queuedAt, cell: (row) => <Age value={row.queuedAt} className="text-muted" /> },
];

export function SweepsPage() {
  const trpc = useTRPC();
  const router = useRouter();
  const sweeps = useQuery(trpc.sweep.list.queryOptions({}));
  return (
    <>
      <PageHeader title="Sweeps">Many settings of one formula, tried on the same bars. Sweeps appear here as they happen.</PageHeader>
      <div className="px-4 pb-8 md:px-6">
        {sweeps.isError ? <Problem title={explainError(sweeps.error).title}>{explainError(sweeps.error).advice}</Problem> : null}
        {sweeps.isPending ? <Panel><SkeletonRows /></Panel> : null}
        {sweeps.data?.length === 0 ? (
          <EmptyState icon={<Grid3x3 />} title="No sweeps yet" action={<Button look="primary" asChild><Link href="/formulas">Open a formula</Link></Button>}>
            Open a formula that has inputs and press “Sweep”: every combination of their values is run, and a map shows where it works.
          </EmptyState>
        ) : null}
        {sweeps.data && sweeps.data.length > 0 ? (
          <Panel><Table label="Sweeps" rows={sweeps.data} columns={COLUMNS} rowKey={(row) => row.id} initialSort={{ id: 'queued', desc: true }} onRowOpen={(row) => router.push(`/sweeps/${row.id}`)} className="max-h-[calc(100dvh-160px)]" /></Panel>
        ) : null}
      </div>
    </>
  );
}
