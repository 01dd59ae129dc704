'use client';
import { useQuery } from '@tanstack/react-query';
import { Archive, FileUp, Plus, Search, Workflow } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useMemo, useState } from 'react';
import { useCommands, useSearchKey, type Command } from '#commands/index.ts';
import { useDenial } from '#features/shell/index.ts';
import { useTRPC } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import { Button } from '#ui/controls/button.tsx';
import { Segmented } from '#ui/controls/segmented.tsx';
import { foundCount, ListSearch } from '#ui/data/list-search.tsx';
import { Table } from '#ui/data/table.tsx';
import { EmptyState } from '#ui/feedback/empty-state.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { SkeletonRows } from '#ui/feedback/skeleton.tsx';
import { useAddressFields } from '#ui/hooks/use-address-fields.ts';
import { PageHeader } from '#ui/layout/page-header.tsx';
import { Panel } from '#ui/layout/panel.tsx';
import { filterFormulas, tagWord } from './filter-formulas.ts';
import { formulaColumns } from './formula-columns.tsx';
import { FormulaImport } from './formula-import.tsx';
import { NewFormulaDialog } from './new-formula-dialog.tsx';

const LOOKED_FOR = { q: '', which: 'current' };

export function FormulasPage() {
  const trpc = useTRPC();
  const router = useRouter();
  const denied = useDenial('formula.edit');
  const [creating, setCreating] = useState(false);
  const [importing, setImporting] = useState(false);
  const [{ q: query, which: asked }, lookFor] = useAddressFields('/formulas', LOOKED_FOR);
  const which = asked === 'archived' ? 'archived' : 'current';
  const setQuery = (q: string) => lookFor({ q, which });
  const search = useSearchKey('Search the strategies');
  const formulas = useQuery(trpc.formula.list.queryOptions(which === 'archived' ? { archived: true } : undefined));
  const columns = useMemo(
    () => formulaColumns(which === 'archived', (tag) => lookFor({ q: tagWord(tag), which })),
    [which, lookFor],
  );
  const found = useMemo(() => filterFormulas(formulas.data ?? [], query), [formulas.data, query]);
  useCommands(
    useMemo(
      (): readonly Command[] => [
        {
          id: 'formula.create',
          title: 'New strategy',
          group: 'Create',
          icon: <Plus />,
          shortcut: 'n',
          when: () => denied === undefined,
          run: () => setCreating(true),
        },
        {
          id: 'formula.import',
          title: 'Import strategies from files',
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
      New strategy
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
        title="Strategies"
        actions={
          <>
            {importButton}
            {create}
          </>
        }
      >
        What your team builds, as graph and as code.
      </PageHeader>
      <div className="space-y-3 px-4 pb-8 md:px-6">
        <div className="flex flex-wrap items-center gap-2">
          <Segmented
            label="Which strategies"
            value={which}
            onChange={(next) => lookFor({ q: query, which: next })}
            options={[
              { value: 'current', label: 'Current' },
              { value: 'archived', label: 'Archived' },
            ]}
          />
          <ListSearch
            inputRef={search}
            label="Search the strategies"
            placeholder="Name, tag, owner or market"
            value={query}
            onChange={setQuery}
          />
          <span role="status" className="text-xs text-muted">
            {query.trim() === '' || !formulas.data ? '' : foundCount({ found: found.length, of: formulas.data.length })}
          </span>
        </div>
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
            What is archived leaves the list of strategies, and waits here to be restored.
          </EmptyState>
        ) : null}
        {formulas.data?.length === 0 && which === 'current' ? (
          <EmptyState
            icon={<Workflow />}
            title="No strategies yet"
            action={
              <>
                {importButton}
                {create}
              </>
            }
          >
            A strategy says when to buy and when to sell. Start with a moving average and see in a second how it would
            have done, or drop files of strategies here.
          </EmptyState>
        ) : null}
        {formulas.data && formulas.data.length > 0 && found.length === 0 ? (
          <EmptyState
            icon={<Search />}
            title="Nothing has all of these words"
            action={<Button onClick={() => setQuery('')}>Show all</Button>}
          >
            The search looks at names, tags, owners and the market of the last backtest.
          </EmptyState>
        ) : null}
        {found.length > 0 ? (
          <Panel>
            <Table
              label={which === 'archived' ? 'Archived strategies' : 'Strategies'}
              rows={found}
              columns={columns}
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
