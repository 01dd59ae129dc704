import { GitBranch } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { SKETCH_HEIGHT } from '#core/engine/outcome/sketch.ts';
import { metricColumns } from '#features/metrics/index.ts';
import type { Outputs } from '#trpc/types.ts';
import { Sketch } from '#ui/charts/sketch.tsx';
import type { Column } from '#ui/data/column.ts';
import { Figure } from '#ui/data/figure.tsx';
import { Age } from '#ui/data/time.tsx';
import { Badge } from '#ui/feedback/badge.tsx';
import { FormulaMenu } from './formula-menu.tsx';

export type FormulaRow = Outputs['formula']['list'][number];

/** Figures are those of the formula's last backtest. */
const metrics = metricColumns<FormulaRow>(
  ['totalReturn', 'sharpe', 'maxDrawdown'],
  ({ lastBacktest }) => lastBacktest?.metrics,
).map((column, index) =>
  index > 0 ? column : { ...column, cell: (row: FormulaRow) => lastStatus(row) ?? column.cell(row) },
);

/** Those of the list; a click on a tag searches for the tag. */
export const formulaColumns = (isArchived: boolean, onTag: (tag: string) => void): readonly Column<FormulaRow>[] => [
  {
    id: 'name',
    header: 'Name',
    sortBy: (row) => row.name.toLowerCase(),
    cell: (row) => (
      <>
        <Link href={`/formulas/${row.id}`} title={row.name} className="font-medium hover:underline">
          {row.name}
        </Link>
        {row.published ? (
          <Link href={`/formulas/${row.id}/publications`} className="ml-1.5">
            <Badge tone="good">v{row.published.number} published</Badge>
          </Link>
        ) : null}
        {row.branchOf ? (
          <Link
            href={`/formulas/${row.id}/history`}
            title={`A branch of ${row.branchOf.name}`}
            className="ml-1.5 inline-flex items-center gap-1 align-middle text-2xs text-muted hover:text-ink"
          >
            <GitBranch className="size-3" aria-hidden />
            <span className="sr-only">A branch of </span>
            {row.branchOf.name}
          </Link>
        ) : null}
        {row.tags.map((tag) => (
          <button
            key={tag}
            type="button"
            title={`Find what is tagged ${tag}`}
            className="ml-1.5 rounded-full bg-sunken px-2 py-0.5 text-2xs text-muted hover:text-ink"
            onClick={() => onTag(tag)}
          >
            {tag}
          </button>
        ))}
      </>
    ),
  },
  {
    id: 'sketch',
    header: 'Equity',
    isHeaderHidden: true,
    width: 96,
    wide: 'lg',
    cell: ({ lastBacktest, name }) =>
      lastBacktest?.sketch ? (
        <Sketch points={lastBacktest.sketch} height={SKETCH_HEIGHT} label={`Equity of ${name} in its last backtest`} />
      ) : null,
  },
  {
    id: 'market',
    header: 'Backtest on',
    wide: 'lg',
    sortBy: (row) => row.lastBacktest?.symbol ?? '',
    cell: ({ lastBacktest }) => (
      <span className="text-muted">{lastBacktest ? `${lastBacktest.symbol} ${lastBacktest.timeframe}` : '–'}</span>
    ),
  },
  ...metrics,
  {
    id: 'owner',
    header: 'By',
    wide: 'xl',
    sortBy: (row) => row.createdBy?.toLowerCase() ?? '',
    cell: (row) => <span className="text-muted">{row.createdBy ?? 'somebody who has left'}</span>,
  },
  {
    id: 'versions',
    header: 'Versions',
    align: 'right',
    wide: 'xl',
    sortBy: (row) => row.versionCount,
    cell: (row) => <Figure value={row.versionCount} kind="count" />,
  },
  {
    id: 'changed',
    header: 'Changed',
    align: 'right',
    wide: 'xl',
    sortBy: (row) => row.updatedAt,
    cell: (row) => <Age value={row.updatedAt} className="text-muted" />,
  },
  {
    id: 'menu',
    header: 'Actions',
    isHeaderHidden: true,
    align: 'right',
    width: 48,
    cell: (row) => <FormulaMenu formula={row} isArchived={isArchived} />,
  },
];
/** What stands in place of a figure while there is none. */
function lastStatus({ lastBacktest }: FormulaRow): ReactNode {
  const status = lastBacktest?.status;
  if (status === 'queued' || status === 'running')
    return (
      <Badge tone="accent" pulse>
        {status}
      </Badge>
    );
  return status === 'failed' ? <Badge tone="bad">failed</Badge> : null;
}
