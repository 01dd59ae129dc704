'use client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Undo2, Upload } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { idOf } from '#core/requests/ids.ts';
import { useDenial } from '#features/shell/index.ts';
import { useTRPC, useTRPCClient } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import { newestFirst } from '#trpc/join-older.ts';
import type { Outputs } from '#trpc/types.ts';
import { useAction } from '#trpc/use-action.ts';
import { pageOf, useOlder } from '#trpc/use-older.ts';
import { Button } from '#ui/controls/button.tsx';
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
import { Confirm } from '#ui/overlays/confirm.tsx';
import { PublishDialog } from './publish-dialog.tsx';

type Row = Outputs['publication']['list'][number];

const PAGE = 50;
const BY_TIME = newestFirst<Row>(({ publishedAt }) => publishedAt);

const VALIDATION = {
  approved: { label: 'approved', tone: 'good' },
  open: { label: 'no approval asked for', tone: 'neutral' },
  overridden: { label: 'without approval', tone: 'warn' },
} as const;

const COLUMNS: readonly Column<Row>[] = [
  {
    id: 'version',
    header: 'Version',
    cell: (row) => (
      <span className="flex items-center gap-2">
        <span className="tabular font-semibold">v{row.versionNumber}</span>
        {row.endedAt === null ? <Badge tone="good">published</Badge> : null}
      </span>
    ),
  },
  {
    id: 'validation',
    header: 'Validation',
    cell: (row) => (
      <span title={row.reason ?? row.approvedBy.join(', ')} className="inline-flex flex-wrap items-center gap-1.5">
        <Badge tone={VALIDATION[row.validation].tone}>{VALIDATION[row.validation].label}</Badge>
        <span className="text-muted">{row.reason ?? row.approvedBy.join(', ')}</span>
      </span>
    ),
  },
  { id: 'notes', header: 'Notes', wide: true, cell: (row) => <span className="text-muted">{row.notes}</span> },
  { id: 'by', header: 'By', wide: true, cell: (row) => row.publishedBy ?? 'someone who has left' },
  { id: 'at', header: 'Published', align: 'right', cell: (row) => <Age value={row.publishedAt} /> },
  {
    id: 'ended',
    header: 'Until',
    align: 'right',
    wide: true,
    cell: (row) => (row.endedAt === null ? <span className="text-faint">now</span> : <Age value={row.endedAt} />),
  },
];

/** What was published of a strategy, and the way to publish, to take back and to publish an older version again. */
export function PublicationsPage({ formulaId: text }: { readonly formulaId: string }) {
  const formulaId = idOf('formula', text);
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const denied = useDenial('version.publish');
  const [publishing, setPublishing] = useState<string | null>(null);
  const [chosen, setChosen] = useState<string>();
  const [isEnding, setEnding] = useState(false);
  const formula = useQuery(trpc.formula.get.queryOptions({ id: formulaId }));
  const list = useQuery(trpc.publication.list.queryOptions({ formulaId, limit: PAGE }));
  const versions = useQuery(trpc.version.list.queryOptions({ formulaId, limit: 100 }));
  const end = useAction(
    trpc.publication.end.mutationOptions({
      onSuccess: () => void queryClient.invalidateQueries(trpc.publication.pathFilter()),
    }),
  );
  const { rows, showOlder, isLoading } = useOlder(list.data, {
    of: formulaId,
    hasMore: (list.data?.length ?? 0) >= PAGE,
    fetch: async ({ id, publishedAt: at }) =>
      pageOf(await client.publication.list.query({ formulaId, limit: PAGE, cursor: { id, at } }), PAGE),
    compare: BY_TIME,
  });
  const current = list.data?.find(({ endedAt }) => endedAt === null);
  const offered = (versions.data ?? []).filter(({ id }) => id !== current?.versionId);
  const version = chosen ?? offered[0]?.id;
  return (
    <>
      <PageHeader
        title="Publications"
        actions={
          <span className="flex flex-wrap items-center gap-2">
            <Select
              aria-label="Version"
              className="w-52!"
              value={version}
              onChange={setChosen}
              disabled={offered.length === 0}
              placeholder="No other version"
              options={offered.map(({ id, number, message }) => ({
                value: id as string,
                label: `v${number} ${message}`,
              }))}
            />
            <Button
              look="primary"
              icon={<Upload />}
              denied={denied}
              disabled={version === undefined}
              onClick={() => setPublishing(version ?? null)}
            >
              Publish…
            </Button>
            {current ? (
              <Button icon={<Undo2 />} denied={denied} onClick={() => setEnding(true)}>
                Take back
              </Button>
            ) : null}
          </span>
        }
      >
        Of{' '}
        <Link href={`/formulas/${formulaId}`} className="text-accent-text underline">
          {formula.data?.name ?? '…'}
        </Link>
        : which version counts, since when, and who approved it.
      </PageHeader>
      <div className="px-4 pb-8 md:px-6">
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
            icon={<Upload />}
            title="Nothing is published yet"
            action={
              versions.data?.length === 0 ? (
                <Button asChild>
                  <Link href={`/formulas/${formulaId}`}>Save a version first</Link>
                </Button>
              ) : undefined
            }
          >
            A published version is the one that counts: bots can be brought up to it, and colleagues know what to run.
          </EmptyState>
        ) : null}
        {rows && rows.length > 0 ? (
          <Panel>
            <Table label="Publications" rows={rows} columns={COLUMNS} rowKey={({ id }) => id} />
            <ShowOlder onShow={showOlder} isLoading={isLoading} />
          </Panel>
        ) : null}
      </div>
      {publishing === null ? null : <PublishDialog versionId={publishing} onClose={() => setPublishing(null)} />}
      <Confirm
        open={isEnding}
        onOpenChange={setEnding}
        title={`Take back version ${current?.versionNumber ?? ''}?`}
        action="Take back"
        busy={end.isPending}
        onConfirm={() => end.mutate({ formulaId })}
      >
        Nothing of this strategy is published then. Bots go on with what they run, and those that wait to upgrade stay.
      </Confirm>
    </>
  );
}
