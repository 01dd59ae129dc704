'use client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Building2 } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { useTRPC, useTRPCClient } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import { newestFirst } from '#trpc/join-older.ts';
import { pageOf, useOlder } from '#trpc/use-older.ts';
import { Button } from '#ui/controls/button.tsx';
import { ListSearch } from '#ui/data/list-search.tsx';
import { ShowOlder } from '#ui/data/show-older.tsx';
import { Age, Time } from '#ui/data/time.tsx';
import { Badge } from '#ui/feedback/badge.tsx';
import { EmptyState } from '#ui/feedback/empty-state.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { SkeletonRows } from '#ui/feedback/skeleton.tsx';
import { formatFigure } from '#ui/format/format-figure.ts';
import { Panel } from '#ui/layout/panel.tsx';
import { AdminFrame } from './admin-frame.tsx';
import { ExceptionsDialog, type Organisation } from './exceptions-dialog.tsx';

const PAGE = 100;
const BY_TIME = newestFirst<Organisation>(({ at }) => at);

/** Every organisation, with its plan and its exceptions from it. */
export function AdminOrganisationsPage() {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const [search, setSearch] = useState('');
  const wanted = { search: useDeferredValue(search), limit: PAGE };
  const list = useQuery(
    trpc.admin.organisations.queryOptions(wanted, { placeholderData: keepPreviousData, retry: false }),
  );
  const { rows, showOlder, isLoading } = useOlder(list.data, {
    of: JSON.stringify(wanted),
    hasMore: (list.data?.length ?? 0) >= PAGE,
    fetch: async ({ id, at }) =>
      pageOf(await client.admin.organisations.query({ ...wanted, cursor: { id, at } }), PAGE),
    compare: BY_TIME,
  });
  return (
    <AdminFrame title="Organisations">
      <div role="search">
        <ListSearch label="Search the organisations" placeholder="Name" value={search} onChange={setSearch} />
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
        <EmptyState icon={<Building2 />} title="No organisation is found">
          Look for a part of its name.
        </EmptyState>
      ) : null}
      {rows && rows.length > 0 ? (
        <Panel>
          <ul className="divide-y divide-line/70" aria-label="Organisations">
            {rows.map((organisation) => (
              <Item key={organisation.id} organisation={organisation} />
            ))}
          </ul>
          <ShowOlder onShow={showOlder} isLoading={isLoading} />
        </Panel>
      ) : null}
    </AdminFrame>
  );
}

function Item({ organisation }: { readonly organisation: Organisation }) {
  const [open, setOpen] = useState(false);
  const { name, plan, members, runningBots, exceptions, deleteAfter, at } = organisation;
  return (
    <li className="flex flex-wrap items-center gap-3 px-4 py-2.5">
      <div className="min-w-0 flex-1">
        <p className="flex items-center gap-2 font-medium">
          <span className="truncate">{name}</span>
          <Badge>{plan ?? 'plan as subscribed'}</Badge>
          {deleteAfter === null ? null : (
            <Badge tone="bad">
              deleted on <Time value={deleteAfter} detail="day" />
            </Badge>
          )}
        </p>
        <p className="truncate text-muted">
          {exceptions.length === 0
            ? 'As its plan says'
            : exceptions.map((one) => `${one.name} ${formatFigure(one.value, { kind: 'count' })}`).join(' · ')}
        </p>
      </div>
      <span className="text-faint max-md:hidden">
        {members} {members === 1 ? 'member' : 'members'} · {runningBots} running bots · <Age value={at} />
      </span>
      <Button size="sm" onClick={() => setOpen(true)}>
        Exceptions…
      </Button>
      {open ? <ExceptionsDialog organisation={organisation} onClose={() => setOpen(false)} /> : null}
    </li>
  );
}
