'use client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ScrollText } from 'lucide-react';
import { useState } from 'react';
import { AuditTable, VerifyAudit, type AuditRow } from '#features/audit/index.ts';
import { useTRPC, useTRPCClient } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import { newestFirst } from '#trpc/join-older.ts';
import { pageOf, useOlder } from '#trpc/use-older.ts';
import { Button } from '#ui/controls/button.tsx';
import { ShowOlder } from '#ui/data/show-older.tsx';
import { EmptyState } from '#ui/feedback/empty-state.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { SkeletonRows } from '#ui/feedback/skeleton.tsx';
import { Panel } from '#ui/layout/panel.tsx';
import { AdminFrame } from './admin-frame.tsx';

const PAGE = 100;
const BY_TIME = newestFirst<AuditRow>(({ at }) => at);

/** What those did who look after the installation; each organisation has an audit of its own. */
export function AdminAuditPage() {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const [thing, setThing] = useState<string | null>(null);
  const wanted = { limit: PAGE, ...(thing === null ? {} : { entityId: thing }) };
  const list = useQuery(trpc.admin.audit.queryOptions(wanted, { placeholderData: keepPreviousData, retry: false }));
  const { rows, showOlder, isLoading } = useOlder(list.data, {
    of: JSON.stringify(wanted),
    hasMore: (list.data?.length ?? 0) >= PAGE,
    fetch: async ({ id, at }) => pageOf(await client.admin.audit.query({ ...wanted, cursor: { id, at } }), PAGE),
    compare: BY_TIME,
  });
  return (
    <AdminFrame title="Audit of the installation">
      <div className="flex flex-wrap items-start gap-3">
        <VerifyAudit verify={() => client.admin.verifyAudit.query()} />
        {thing === null ? null : <Button onClick={() => setThing(null)}>Show everything</Button>}
      </div>
      {list.isError ? (
        <Problem title={explainError(list.error).title}>{explainError(list.error).advice}</Problem>
      ) : null}
      {list.isPending ? (
        <Panel>
          <SkeletonRows />
        </Panel>
      ) : null}
      {rows?.length === 0 ? (
        <EmptyState icon={<ScrollText />} title="Nothing has happened yet">
          Suspensions, roles, exceptions of plans and what was done to jobs will stand here.
        </EmptyState>
      ) : null}
      {rows && rows.length > 0 ? (
        <Panel>
          <AuditTable rows={rows} onThing={setThing} />
          <ShowOlder onShow={showOlder} isLoading={isLoading} />
        </Panel>
      ) : null}
    </AdminFrame>
  );
}
