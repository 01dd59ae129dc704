'use client';
import { useQuery } from '@tanstack/react-query';
import { Download, GitCompare, Workflow } from 'lucide-react';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useMemo, useState } from 'react';
import { useCommands, type Command } from '#commands/index.ts';
import { parse } from '#core/formula/language/parse.ts';
import { useTRPC } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import type { Outputs } from '#trpc/types.ts';
import { useAction } from '#trpc/use-action.ts';
import { Button } from '#ui/controls/button.tsx';
import { Time } from '#ui/data/time.tsx';
import { Notice } from '#ui/feedback/notice.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { SkeletonRows } from '#ui/feedback/skeleton.tsx';
import { formatVersion } from '#ui/format/format-version.ts';
import { useTitle } from '#ui/hooks/use-title.ts';
import { PageHeader } from '#ui/layout/page-header.tsx';
import { Menu, MenuItem } from '#ui/overlays/menu.tsx';
import { CompareDialog } from './compare-dialog.tsx';
import { describeCosts, describeInputs, describeRange, describeSettings, inputValues } from './describe-run.ts';
import { RunActions } from './run-actions.tsx';
import { StatusBadge } from './status-badge.tsx';
import { UnfinishedRun } from './unfinished-run.tsx';
import { useDeleteRun } from './use-delete-run.ts';

/** Charts and tables: lists of runs come through the same door, and need none of them. */
const ResultView = dynamic(async () => (await import('./result-view.tsx')).ResultView, {
  loading: () => <SkeletonRows rows={8} />,
});

type Backtest = Outputs['backtest']['get'];

export function BacktestPage({ id }: { readonly id: string }) {
  const trpc = useTRPC();
  const backtest = useQuery(trpc.backtest.get.queryOptions({ id }));
  useTitle(backtest.data && `${backtest.data.formulaName}, backtest`);
  const cancel = useAction(trpc.backtest.cancel.mutationOptions());
  const { restore } = useDeleteRun(id);
  if (backtest.isError)
    return (
      <div className="p-6">
        <Problem
          title={explainError(backtest.error).title}
          action={
            <Button asChild>
              <Link href="/backtests">All backtests</Link>
            </Button>
          }
        >
          {explainError(backtest.error).advice}
        </Problem>
      </div>
    );
  if (!backtest.data) return <SkeletonRows rows={8} />;
  const row = backtest.data;
  const inputs = describeInputs(inputValues(parse(row.code).formula, row.inputs));
  const facts = [...(inputs === '' ? [] : [inputs]), describeCosts(row.settings), ...describeSettings(row.settings)];
  return (
    <>
      <PageHeader
        title={
          <>
            {row.title === null ? null : `${row.title}: `}
            {row.formulaName} <span className="font-normal text-faint">{formatVersion(row)}</span>{' '}
            <StatusBadge status={row.status} progress={row.progress} />
          </>
        }
        actions={
          <RunActions run={row} cancel={cancel}>
            {row.status === 'succeeded' ? <Finished row={row} /> : null}
          </RunActions>
        }
      >
        {row.symbol} {row.timeframe} · {describeRange(row.from, row.to)} · {facts.join(' · ')} · asked by{' '}
        {row.requestedBy} · <Time value={row.queuedAt} />
      </PageHeader>
      <div className="px-4 pb-8 md:px-6">
        {row.deletedAt === null ? null : (
          <Notice title="This backtest is deleted" className="mb-4">
            It can be brought back for 30 days.{' '}
            <button type="button" className="text-accent-text underline" onClick={restore}>
              Bring it back
            </button>
          </Notice>
        )}
        {row.status === 'succeeded' ? (
          <ResultView row={row} />
        ) : (
          <UnfinishedRun run={{ ...row, status: row.status }} noun="backtest" running="Running" />
        )}
      </div>
    </>
  );
}

const EXPORTS = [
  { what: 'trades.csv', title: 'Trades as CSV' },
  { what: 'equity.csv', title: 'Equity, bar by bar, as CSV' },
  { what: 'signals.csv', title: 'Signals as CSV' },
  { what: 'result.json', title: 'Everything as JSON' },
];

const exportRun = (id: string, what: string): void => location.assign(`/api/backtests/${id}/${what}`);

function Finished({ row }: { readonly row: Backtest }) {
  const [comparing, setComparing] = useState(false);
  const router = useRouter();
  const { id, formulaId } = row;
  useCommands(
    useMemo(
      (): readonly Command[] => [
        {
          id: 'backtest.compare',
          title: 'Compare with other runs',
          group: 'Backtest',
          icon: <GitCompare />,
          shortcut: 'c',
          run: () => setComparing(true),
        },
        {
          id: 'backtest.strategy',
          title: 'Open the strategy of the run',
          group: 'Backtest',
          icon: <Workflow />,
          shortcut: 'o',
          run: () => router.push(`/formulas/${formulaId}`),
        },
        ...EXPORTS.map(({ what, title }): Command => ({
          id: `backtest.export ${what}`,
          title: `Export: ${title}`,
          group: 'Backtest',
          icon: <Download />,
          keywords: ['download', 'save'],
          run: () => exportRun(id, what),
        })),
      ],
      [router, id, formulaId],
    ),
  );
  return (
    <>
      <Button icon={<GitCompare />} onClick={() => setComparing(true)}>
        Compare
      </Button>
      <Menu trigger={<Button icon={<Download />}>Export</Button>} align="end">
        {EXPORTS.map(({ what, title }) => (
          <MenuItem key={what} onSelect={() => exportRun(row.id, what)}>
            {title}
          </MenuItem>
        ))}
      </Menu>
      <CompareDialog id={row.id} formulaId={row.formulaId} open={comparing} onOpenChange={setComparing} />
    </>
  );
}
