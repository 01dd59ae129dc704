'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Bell, Check, CheckCheck } from 'lucide-react';
import Link from 'next/link';
import { useTRPC, useTRPCClient } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import { newestFirst } from '#trpc/join-older.ts';
import type { Inputs, Outputs } from '#trpc/types.ts';
import { pageOf, useOlder } from '#trpc/use-older.ts';
import { Button } from '#ui/controls/button.tsx';
import { IconButton } from '#ui/controls/icon-button.tsx';
import { ShowOlder } from '#ui/data/show-older.tsx';
import { Age } from '#ui/data/time.tsx';
import { EmptyState } from '#ui/feedback/empty-state.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { SkeletonRows } from '#ui/feedback/skeleton.tsx';
import { toast } from '#ui/feedback/toaster.tsx';
import { Avatar } from '#ui/people/avatar.tsx';
import { describeNotification, type Notification } from './describe-notification.ts';

type Told = Outputs['notification']['list'];
type Which = Inputs['notification']['markRead'];

/** What the server gives at once. */
const PAGE = 50;
const BY_TIME = newestFirst<Notification>(({ createdAt }) => createdAt);

/** What this person was told, the newest first. `onLeave`: they follow one of the links. */
export function NotificationList({ onLeave }: { readonly onLeave: () => void }) {
  const trpc = useTRPC();
  const told = useQuery(trpc.notification.list.queryOptions());
  const client = useTRPCClient();
  const { rows, showOlder, isLoading, change } = useOlder(told.data?.notifications, {
    of: 'notifications',
    hasMore: (told.data?.notifications.length ?? 0) >= PAGE,
    fetch: async ({ id, createdAt: at }) =>
      pageOf((await client.notification.list.query({ limit: PAGE, cursor: { id, at } })).notifications, PAGE),
    compare: BY_TIME,
  });
  const markNewest = useMarkRead();
  const markRead = (which: Which) => {
    markNewest(which);
    change((one) => readIf(one, which));
  };
  return (
    <>
      <header className="flex h-11 shrink-0 items-center justify-between border-b pr-2 pl-4">
        <h2 className="font-semibold">Notifications</h2>
        <Button
          size="sm"
          look="quiet"
          icon={<CheckCheck />}
          disabled={(told.data?.unread ?? 0) === 0}
          onClick={() => markRead('all')}
        >
          Mark all as read
        </Button>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto">
        {told.isError ? (
          <Problem title={explainError(told.error).title} className="m-3">
            {explainError(told.error).advice}
          </Problem>
        ) : null}
        {told.isPending ? <SkeletonRows rows={3} /> : null}
        {rows?.length === 0 ? (
          <EmptyState icon={<Bell />} title="Nothing yet">
            When a colleague answers or mentions you, joins by your invitation, or when a long run or a bot of yours
            ends, it is told here.
          </EmptyState>
        ) : null}
        {rows && rows.length > 0 ? (
          <ul className="divide-y divide-line/70" aria-label="Notifications">
            {rows.map((one) => (
              <Item key={one.id} notification={one} onLeave={onLeave} onRead={() => markRead({ id: one.id })} />
            ))}
          </ul>
        ) : null}
        <ShowOlder onShow={showOlder} isLoading={isLoading} />
      </div>
    </>
  );
}

/** Shows at once, and is asked for again when the server has it or refuses. */
function useMarkRead(): (which: Which) => void {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { queryKey } = trpc.notification.list.queryOptions();
  const { mutate } = useMutation(
    trpc.notification.markRead.mutationOptions({
      onMutate: async (which) => {
        await queryClient.cancelQueries({ queryKey });
        queryClient.setQueryData(queryKey, (known) => known && withRead(known, which));
      },
      onError: (error) => {
        const { title, advice } = explainError(error);
        toast.error(title, { description: advice });
      },
      onSettled: () => queryClient.invalidateQueries({ queryKey }),
    }),
  );
  return mutate;
}

const isMeant = (one: Notification, which: Which): boolean =>
  which === 'all' || ('id' in which ? which.id === one.id : 'threadId' in one && which.threadId === one.threadId);

const readIf = (one: Notification, which: Which): Notification =>
  isMeant(one, which) ? { ...one, isRead: true } : one;

function withRead({ unread, notifications }: Told, which: Which): Told {
  const newly = notifications.filter((one) => !one.isRead && isMeant(one, which)).length;
  return {
    unread: which === 'all' ? 0 : unread - newly,
    notifications: notifications.map((one) => readIf(one, which)),
  };
}

interface ItemProps {
  readonly notification: Notification;
  readonly onLeave: () => void;
  readonly onRead: () => void;
}

function Item({ notification, onLeave, onRead }: ItemProps) {
  const { createdAt, isRead } = notification;
  const { href, person, subject, happened, detail, place } = describeNotification(notification);
  const leave = () => {
    if (!isRead) onRead();
    onLeave();
  };
  return (
    <li className="relative flex items-start">
      <Link
        href={href}
        onClick={leave}
        className="flex min-w-0 flex-1 gap-2.5 px-4 py-2.5 -outline-offset-2 hover:bg-hover"
      >
        {person ? (
          <Avatar id={person.id} name={person.name} className="mt-0.5" />
        ) : (
          <Bell className="mt-1 size-4 shrink-0 text-faint" aria-hidden />
        )}
        <span className="min-w-0 flex-1 pr-7">
          <span className="block">
            <span className="font-semibold">{subject}</span> {happened}
          </span>
          {detail === '' ? null : <span className="line-clamp-2 wrap-anywhere text-muted">{detail}</span>}
          <span className="block truncate text-2xs text-faint">
            {place} · <Age value={createdAt} />
          </span>
        </span>
      </Link>
      {isRead ? null : (
        <span className="absolute top-2 right-2 flex items-center">
          <span className="size-2 rounded-full bg-accent" role="img" aria-label="Unread" />
          <IconButton size="sm" label="Mark as read" onClick={onRead}>
            <Check />
          </IconButton>
        </span>
      )}
    </li>
  );
}
