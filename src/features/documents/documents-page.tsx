'use client';
import { useQuery } from '@tanstack/react-query';
import { FileStack, ShieldX } from 'lucide-react';
import { useState } from 'react';
import { useDenial } from '#features/shell/index.ts';
import { useTRPC } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import { Button } from '#ui/controls/button.tsx';
import { Segmented } from '#ui/controls/segmented.tsx';
import { EmptyState } from '#ui/feedback/empty-state.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { SkeletonRows } from '#ui/feedback/skeleton.tsx';
import { PageHeader } from '#ui/layout/page-header.tsx';
import { Panel } from '#ui/layout/panel.tsx';
import { DocumentTable } from './document-table.tsx';

const REFRESH_MS = 5_000;

type View = 'open' | 'all';

/** The shared documents behind the formulas, for those who look after them. */
export function DocumentsPage() {
  const trpc = useTRPC();
  const denied = useDenial('document.manage');
  const [view, setView] = useState<View>('open');
  const documents = useQuery(
    trpc.document.list.queryOptions(undefined, { enabled: denied === undefined, refetchInterval: REFRESH_MS }),
  );
  const shown = documents.data?.filter(({ people }) => view === 'all' || people > 0);
  const filter = (
    <Segmented
      label="Which documents"
      value={view}
      onChange={setView}
      options={[
        { value: 'open', label: 'Open now' },
        { value: 'all', label: 'All' },
      ]}
    />
  );
  return (
    <>
      <PageHeader title="Documents" actions={denied === undefined ? filter : null}>
        The shared documents behind your strategies: who is in them, and what they weigh.
      </PageHeader>
      <div className="px-4 pb-8 md:px-6">
        {denied === undefined ? null : (
          <EmptyState icon={<ShieldX />} title="Not for your role">
            {denied}
          </EmptyState>
        )}
        {documents.isError ? (
          <Problem
            title={explainError(documents.error).title}
            action={<Button onClick={() => void documents.refetch()}>Try again</Button>}
          >
            {explainError(documents.error).advice}
          </Problem>
        ) : null}
        {denied === undefined && documents.isPending ? (
          <Panel>
            <SkeletonRows />
          </Panel>
        ) : null}
        {shown?.length === 0 ? (
          <EmptyState
            icon={<FileStack />}
            title={view === 'open' ? 'Nobody has a strategy open' : 'No strategies yet'}
            action={view === 'open' ? <Button onClick={() => setView('all')}>Show all documents</Button> : null}
          >
            {view === 'open'
              ? 'A document is here while people are in it, a few seconds after they come.'
              : 'Each strategy has a document, which everybody who opens it shares.'}
          </EmptyState>
        ) : null}
        {shown && shown.length > 0 ? (
          <Panel>
            <DocumentTable documents={shown} />
          </Panel>
        ) : null}
      </div>
    </>
  );
}
