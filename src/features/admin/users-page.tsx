'use client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { UserX } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { useTRPC, useTRPCClient } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import { newestFirst } from '#trpc/join-older.ts';
import { pageOf, useOlder } from '#trpc/use-older.ts';
import { Checkbox } from '#ui/controls/checkbox.tsx';
import { ListSearch } from '#ui/data/list-search.tsx';
import { ShowOlder } from '#ui/data/show-older.tsx';
import { EmptyState } from '#ui/feedback/empty-state.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { SkeletonRows } from '#ui/feedback/skeleton.tsx';
import { Panel } from '#ui/layout/panel.tsx';
import { AdminFrame } from './admin-frame.tsx';
import { UserItem, type User } from './user-item.tsx';

const PAGE = 100;
const BY_TIME = newestFirst<User>(({ at }) => at);

/** Everybody who has an account. */
export function AdminUsersPage() {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const [search, setSearch] = useState('');
  const [suspended, setSuspended] = useState(false);
  const wanted = { search: useDeferredValue(search), suspended, limit: PAGE };
  const list = useQuery(trpc.admin.users.queryOptions(wanted, { placeholderData: keepPreviousData, retry: false }));
  const { rows, showOlder, isLoading } = useOlder(list.data, {
    of: JSON.stringify(wanted),
    hasMore: (list.data?.length ?? 0) >= PAGE,
    fetch: async ({ id, at }) => pageOf(await client.admin.users.query({ ...wanted, cursor: { id, at } }), PAGE),
    compare: BY_TIME,
  });
  return (
    <AdminFrame title="Users">
      <div role="search" className="flex flex-wrap items-center gap-4">
        <ListSearch label="Search the users" placeholder="Name or address" value={search} onChange={setSearch} />
        <Checkbox label="Suspended only" checked={suspended} onChange={setSuspended} />
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
        <EmptyState icon={<UserX />} title="Nobody is found">
          {suspended ? 'No account with these words is suspended.' : 'Look for a part of a name or an address.'}
        </EmptyState>
      ) : null}
      {rows && rows.length > 0 ? (
        <Panel>
          <ul className="divide-y divide-line/70" aria-label="Users">
            {rows.map((user) => (
              <UserItem key={user.id} user={user} />
            ))}
          </ul>
          <ShowOlder onShow={showOlder} isLoading={isLoading} />
        </Panel>
      ) : null}
    </AdminFrame>
  );
}
