'use client';
import { useMemo } from 'react';
import type { MetricDefinition } from '#core/engine/figures/metrics.ts';
import { notesOnRanking } from '#core/engine/sweep/ranking.ts';
import type { Inputs } from '#core/engine/sweep/space.ts';
import type { SweepTable } from '#core/engine/sweep/sweep-table.ts';
import { MetricFigure } from '#features/metrics/index.ts';
import type { Column } from '#ui/data/column.ts';
import { Table } from '#ui/data/table.tsx';
import type { Sweep } from './sweep.ts';

interface CandidateTableProps {
  readonly row: Sweep;
  readonly table: SweepTable;
  readonly metrics: readonly MetricDefinition[];
  readonly chosen: number;
  readonly onChoose: (candidate: number) => void;
}

interface CandidateRow {
  readonly candidate: number;
  readonly inputs: Inputs;
}

/** Every setting that was tried, the best first. */
export function CandidateTable({ row, table, metrics, chosen, onChoose }: CandidateTableProps) {
  const rows = useMemo(
    () =>
      Array.from({ length: table.candidates.length }, (_, candidate): CandidateRow => ({
        candidate,
        inputs: table.candidates.at(candidate) ?? {},
      })),
    [table],
  );
  const columns = useMemo(
    (): readonly Column<CandidateRow>[] => [
      ...row.axes.map(({ name }): Column<CandidateRow> => ({
        id: `input ${name}`,
        header: <code>{name}</code>,
        align: 'right',
        sortBy: ({ inputs }) => sortable(inputs[name]),
        cell: ({ inputs }) => <span className="tabular">{String(inputs[name])}</span>,
      })),
      ...metrics.map((metric): Column<CandidateRow> => ({
        id: metric.key,
        header: metric.title,
        align: 'right',
        sortBy: ({ candidate }) => sortedAs(table.worthAt(candidate, metric.key), metric.better),
        cell: ({ candidate }) => (
          <MetricFigure
            metric={metric}
            value={table.at(candidate, metric.key)}
            currency={row.currency}
            cash={row.settings.cash}
          />
        ),
      })),
    ],
    [row, table, metrics],
  );
  const better = metrics.find(({ key }) => key === row.rankedBy)?.better ?? 'higher';
  const notes = useMemo(() => notesOnRanking(row.rankedBy, table), [row, table]);
  return (
    <>
      <Table
        label="Settings"
        rows={rows}
        columns={columns}
        rowKey={({ candidate }) => String(candidate)}
        onRowOpen={({ candidate }) => onChoose(candidate)}
        selectedKey={String(chosen)}
        initialSort={{ id: row.rankedBy, desc: better === 'higher' }}
        className="h-[56vh]"
      />
      {notes.map((note) => (
        <p key={note} className="px-4 py-2 text-2xs text-faint">
          {note}
        </p>
      ))}
    </>
  );
}

const sortable = (value: Inputs[string] | undefined): number | string =>
  typeof value === 'boolean' ? Number(value) : (value ?? 0);

/**
 * A worth in the direction in which the figures of its column run. A worth that says nothing is the worst in either
 * direction.
 */
function sortedAs(worth: number, better: MetricDefinition['better']): number {
  const least = Number.isNaN(worth) ? Number.NEGATIVE_INFINITY : worth;
  return better === 'lower' ? -least : least;
}
