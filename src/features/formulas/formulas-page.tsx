'use client';
import { useQuery } from '@tanstack/react-query';
import { Archive, FileUp, Plus, Workflow } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import type { ReactNode } from 'react';
import { useMemo, useState } from 'react';
import { useCommands, type Command } from '#commands/index.ts';
import { metricColumns } from '#features/metrics/index.ts';
import { useDenial } from '#features/shell/index.ts';
import { useTRPC } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import type { Outputs } from '#trpc/types.ts';
import { Button } from '#ui/controls/button.tsx';
import { Segmented } from '#ui/controls/segmented.tsx';
import type { Column } from '#ui/data/column.ts';
import { Figure } from '#ui/data/figure.tsx';
import { Table } from '#ui/data/table.tsx';
import { Age } from '#ui/data/time.tsx';
import { Badge } from '#ui/feedback/badge.tsx';
import { EmptyState } from '#ui/feedback/empty-state.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { SkeletonRows } from '#ui/feedback/skeleton.tsx';
import { PageHeader } from '#ui/layout/page-header.tsx';
import { Panel } from '#ui/layout/panel.tsx';
import { FormulaImport } from './formula-import.tsx';
import { FormulaMenu } from './formula-menu.tsx';
import { NewFormulaDialog } from './new-formula-dialog.tsx';

export type FormulaRow = Outputs['formula']['list'][number];

/** Figures are those of the formula's last backtest. */
const metrics = metricColumns<FormulaRow>(
  ['totalReturn', 'sharpe', 'maxDrawdown'],
  ({ lastBacktest }) => lastBacktest?.metrics,
).map((column, index) =>
  index > 0 ? column : { ...column, cell: (row: FormulaRow) => lastStatus(row) ?? column.cell(row) },
);

const columnsOf = (isArchived: boolean): readonly Column<FormulaRow>[] => [
  {
    id: 'name',
    header: 'Name',
    sortBy: (row) => row.name.toLowerCase(),
    cell: (row) => (
      <Link href={`/formulas/${row.id}`} title={row.name} className="font-medium hover:underline">
        {row.name}
      </Link>
    ),
  },
  ...metrics,
  {
    id: 'versions',
    header: 'Versions',
    align: 'right',
    wide: true,
    sortBy: (row) => row.versionCount,
    cell: (row) => <Figure value={row.versionCount} kind="count" />,
  },
  {
    id: 'changed',
    header: 'Changed',
    align: 'right',
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
const COLUMNS = { current: columnsOf(false), archived: columnsOf(true) };

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

export function FormulasPage() {
  const trpc = useTRPC();
  const router = useRouter();
  const denied = useDenial('formula.edit');
  const [creating, setCreating] = useState(false);
  const [importing, setImporting] = useState(false);
  const [which, setWhich] = useState<'current' | 'archived'>('current');
  const formulas = useQuery(trpc.formula.list.queryOptions(which === 'archived' ? { archived: true } : undefined));
  useCommands(
    useMemo(
      (): readonly Command[] => [
        {
          id: 'formula.create',
          title: 'New formula',
          group: 'Create',
          icon: <Plus />,
          shortcut: 'n',
          when: () => denied === undefined,
          run: () => setCreating(true),
        },
        {
          id: 'formula.import',
          title: 'Import formulas from files',
          group: 'Create',
          icon: <FileUp />,
          shortcut: 'i',
          keywords: ['json', 'loom', 'upload'],
          when: () => denied === undefined,
          run: () => setImporting(true),
        },
      ],
      [denied],
    ),
  );
  const create = (
    <Button look="primary" icon={<Plus />} denied={denied} onClick={() => setCreating(true)}>
      New formula
    </Button>
  );
  const importButton = (
    <Button icon={<FileUp />} denied={denied} onClick={() => setImporting(true)}>
      Import
    </Button>
  );
  return (
    <FormulaImport open={importing} onOpenChange={setImporting} className="min-h-full">
      <PageHeader
        title="Formulas"
        actions={
          <>
            {importButton}
            {create}
          </>
        }
      >
        Strategies that your team weaves, as graph and as code.
      </PageHeader>
      <div className="space-y-3 px-4 pb-8 md:px-6">
        <Segmented
          label="Which formulas"
          value={which}
          onChange={setWhich}
          options={[
            { value: 'current', label: 'Current' },
            { value: 'archived', label: 'Archived' },
          ]}
        />
        {formulas.isError ? (
          <Problem
            title={explainError(formulas.error).title}
            action={<Button onClick={() => void formulas.refetch()}>Try again</Button>}
          >
            {explainError(formulas.error).advice}
          </Problem>
        ) : null}
        {formulas.isPending ? (
          <Panel>
            <SkeletonRows />
          </Panel>
        ) : null}
        {formulas.data?.length === 0 && which === 'archived' ? (
          <EmptyState icon={<Archive />} title="Nothing is archived">
            What is archived leaves the list of formulas, and waits here to be restored.
          </EmptyState>
        ) : null}
        {formulas.data?.length === 0 && which === 'current' ? (
          <EmptyState
            icon={<Workflow />}
            title="No formulas yet"
            action={
              <>
                {importButton}
                {create}
              </>
            }
          >
            A formula says when to buy and when to sell. Start with a moving average and see in a second how it would
            have done, or drop files of formulas here.
          </EmptyState>
        ) : null}
        {formulas.data && formulas.data.length > 0 ? (
          <Panel>
            <Table
              label={which === 'archived' ? 'Archived formulas' : 'Formulas'}
              rows={formulas.data}
              columns={COLUMNS[which]}
              rowKey={(row) => row.id}
              initialSort={{ id: 'changed', desc: true }}
              onRowOpen={(row) => router.push(`/formulas/${row.id}`)}
            />
          </Panel>
        ) : null}
      </div>
      <NewFormulaDialog open={creating} onOpenChange={setCreating} />
    </FormulaImport>
  );
}
