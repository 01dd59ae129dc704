'use client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Download, ScrollText } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { useDenial } from '#features/shell/index.ts';
import { useTRPC, useTRPCClient } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import { newestFirst } from '#trpc/join-older.ts';
import { pageOf, useOlder } from '#trpc/use-older.ts';
import { Button } from '#ui/controls/button.tsx';
import { ShowOlder } from '#ui/data/show-older.tsx';
import { EmptyState } from '#ui/feedback/empty-state.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { SkeletonRows } from '#ui/feedback/skeleton.tsx';
import { PageHeader } from '#ui/layout/page-header.tsx';
import { Panel } from '#ui/layout/panel.tsx';
import { ANYTHING, queryOf, type AuditFilter } from './audit-filter.ts';
import { AuditFilters } from './audit-filters.tsx';
import { AuditTable, type AuditRow } from './audit-table.tsx';
import { VerifyAudit } from './verify-audit.tsx';

const PAGE = 100;
const BY_TIME = newestFirst<AuditRow>(({ at }) => at);

/** Who did what and when in the organisation, for those who look after it. */
export function AuditPage() {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const denied = useDenial('audit.read');
  const [filter, setFilter] = useState<AuditFilter>(ANYTHING);
  const wanted = { ...useDeferredValue(queryOf(filter)), limit: PAGE };
  const list = useQuery(
    trpc.audit.list.queryOptions(wanted, { placeholderData: keepPreviousData, enabled: denied === undefined }),
  );
  const { rows, showOlder, isLoading } = useOlder(list.data, {
    of: JSON.stringify(wanted),
    hasMore: (list.data?.length ?? 0) >= PAGE,
    fetch: async ({ id, at }) => pageOf(await client.audit.list.query({ ...wanted, cursor: { id, at } }), PAGE),
    compare: BY_TIME,
  });
  const change = (part: Partial<AuditFilter>) => setFilter((now) => ({ ...now, ...part }));
  const address = `/api/audit/export?${new URLSearchParams(
    Object.entries(queryOf(filter)).map(([name, value]) => [name, String(value)]),
  ).toString()}`;
  if (denied !== undefined)
    return (
      <>
        <PageHeader title="Audit trail" />
        <Problem title="The audit trail is for admins" className="mx-4 md:mx-6">
          {denied} Ask an admin of your organisation.
        </Problem>
      </>
    );
  return (
    <>
      <PageHeader
        title="Audit trail"
        actions={
          <Button icon={<Download />} asChild>
            <a href={address} download>
              Export as CSV
            </a>
          </Button>
        }
      >
        Who did what, when, and what it changed. Nobody can alter it.
      </PageHeader>
      <div className="px-4 pb-8 md:px-6">
        <div className="pb-3">
          <VerifyAudit verify={() => client.audit.verify.query()} />
        </div>
        <AuditFilters filter={filter} onChange={change} />
        {list.isError ? (
          <Problem title={explainError(list.error).title}>{explainError(list.error).advice}</Problem>
        ) : null}
        {list.isPending ? (
          <Panel>
            <SkeletonRows />
          </Panel>
        ) : null}
        {rows?.length === 0 ? (
          <EmptyState icon={<ScrollText />} title="Nothing like this happened">
            Ask for less: another person, another kind of act, or a longer time.
          </EmptyState>
        ) : null}
        {rows && rows.length > 0 ? (
          <Panel>
            <AuditTable rows={rows} onThing={(thing) => change({ thing })} />
            <ShowOlder onShow={showOlder} isLoading={isLoading} />
          </Panel>
        ) : null}
      </div>
    </>
  );
}
