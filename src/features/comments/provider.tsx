'use client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import {
  createContext,
  use,
  useCallback,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from 'react';
import type { AnchorTarget } from '#core/comment/anchor.ts';
import { idOf, type ThreadId, type UserId } from '#core/requests/ids.ts';
import { useDenial, useSession } from '#features/shell/index.ts';
import { useTRPC, useTRPCClient } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import { newestFirst } from '#trpc/join-older.ts';
import type { Outputs } from '#trpc/types.ts';
import { useOlder } from '#trpc/use-older.ts';
import { KEPT_TEXTS } from '#ui/kept/kept-texts.ts';
import type { Findable } from './findable.ts';
import { createOutbox, type Outbox } from './outbox/outbox.ts';
import { withOutgoing, type ShownThread } from './outbox/with-outgoing.ts';

const LAST_ACTIVE = newestFirst<Outputs['comment']['list']['threads'][number]>(({ updatedAt }) => updatedAt);

/** The conversation about one formula. */
export interface Comments {
  readonly formulaId: string;
  /** Null until they are here. */
  readonly threads: readonly ShownThread[] | null;
  /** Fetches older threads than are shown; null when there are none. */
  readonly showOlder: (() => void) | null;
  readonly isLoadingOlder: boolean;
  readonly error: unknown;
  /** Threads in which there is something new for this person. */
  readonly unread: ReadonlySet<string>;
  /** Whom one may mention. */
  readonly people: readonly Findable[];
  readonly nameOf: (userId: string | null) => string;
  readonly me: UserId;
  /** Why this person may not write; undefined when they may. */
  readonly denied: string | undefined;
  /** Says something in a thread, or begins one about `anchor`; gives the thread. */
  readonly post: (
    comment: { readonly body: string } & ({ readonly threadId: ThreadId } | { readonly anchor: AnchorTarget }),
  ) => ThreadId;
  readonly retry: Outbox['retry'];
  readonly discard: Outbox['discard'];
}

const CommentsContext = createContext<Comments | null>(null);

export function useComments(): Comments {
  const comments = use(CommentsContext);
  if (!comments) throw new Error('Comments are used outside of CommentsProvider.');
  return comments;
}

const NOBODY: readonly Findable[] = [];

const NO_COMMENTS: Comments = {
  formulaId: idOf('formula', ''),
  threads: [],
  showOlder: null,
  isLoadingOlder: false,
  error: null,
  unread: new Set(),
  people: NOBODY,
  nameOf: () => '',
  me: idOf('user', ''),
  denied: 'Comments take an account.',
  post: () => idOf('thread', ''),
  retry: () => undefined,
  discard: () => undefined,
};

/** Where nobody talks: a formula that is in this browser alone. */
export const NoComments = ({ children }: { readonly children: ReactNode }) => (
  <CommentsContext value={NO_COMMENTS}>{children}</CommentsContext>
);

/** Keeps the conversation about a formula at hand. Give it the formula's id as its key. */
export function CommentsProvider({
  formulaId,
  children,
}: {
  readonly formulaId: string;
  readonly children: ReactNode;
}) {
  const trpc = useTRPC();
  const { user } = useSession();
  const denied = useDenial('comment.write');
  const list = useQuery(trpc.comment.list.queryOptions({ formulaId }));
  const team = useQuery(trpc.team.get.queryOptions());
  const told = useQuery(trpc.notification.list.queryOptions());
  const outbox = useOutbox(formulaId, user.id);
  const outgoing = useSyncExternalStore(outbox.subscribe, outbox.list);
  const people = team.data?.members ?? NOBODY;
  const client = useTRPCClient();
  const [olderNames, addNames] = useState<Readonly<Record<string, string>>>({});
  const {
    rows: stored,
    showOlder,
    isLoading,
  } = useOlder(list.data?.threads, {
    of: formulaId,
    hasMore: list.data?.isCut ?? false,
    fetch: async ({ id, updatedAt: at }) => {
      const older = await client.comment.list.query({ formulaId, cursor: { id, at } });
      addNames((known) => ({ ...known, ...older.names }));
      return { rows: older.threads, hasMore: older.isCut };
    },
    compare: LAST_ACTIVE,
  });

  const threads = useMemo(() => (stored ? withOutgoing(stored, outgoing, user.id) : null), [stored, outgoing, user.id]);
  const unread = useMemo(
    () =>
      new Set(told.data?.notifications.flatMap((one) => (one.isRead || !('threadId' in one) ? [] : [one.threadId]))),
    [told.data],
  );
  const names = useMemo(
    () =>
      new Map([
        ...people.map(({ userId, name }) => [userId, name] as const),
        ...Object.entries({ ...olderNames, ...list.data?.names }),
      ]),
    [people, list.data, olderNames],
  );
  const nameOf = useCallback(
    (id: string | null) => (id === null ? undefined : names.get(id)) ?? 'someone who has left',
    [names],
  );
  const post = useCallback<Comments['post']>(
    (comment) => {
      const threadId = 'threadId' in comment ? comment.threadId : idOf('thread', crypto.randomUUID());
      outbox.post({
        commentId: idOf('comment', crypto.randomUUID()),
        threadId,
        anchor: 'anchor' in comment ? comment.anchor : null,
        body: comment.body,
        at: Date.now(),
      });
      return threadId;
    },
    [outbox],
  );

  const value = useMemo(
    (): Comments => ({
      formulaId,
      threads,
      showOlder,
      isLoadingOlder: isLoading,
      error: list.error,
      unread,
      people,
      nameOf,
      me: user.id,
      denied,
      post,
      retry: outbox.retry,
      discard: outbox.discard,
    }),
    [formulaId, threads, showOlder, isLoading, list.error, unread, people, nameOf, user.id, denied, post, outbox],
  );
  return <CommentsContext value={value}>{children}</CommentsContext>;
}

function useOutbox(formulaId: string, userId: string): Outbox {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const [outbox] = useState(() =>
    createOutbox({
      storage: localStorage,
      prefix: `${KEPT_TEXTS.outbox}${userId}:${formulaId}:`,
      send: async ({ anchor, threadId, commentId, body }) => {
        if (anchor === null) await client.comment.reply.mutate({ threadId, commentId, body });
        else await client.comment.start.mutate({ formulaId, anchor, threadId, commentId, body });
        await queryClient.invalidateQueries(trpc.comment.list.queryFilter({ formulaId }));
      },
      explain: (error) => explainError(error).advice,
    }),
  );
  useEffect(() => outbox.start(), [outbox]);
  return outbox;
}
