'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { UserId } from '#core/requests/ids.ts';
import { useTRPC } from '#trpc/client.ts';
import type { Inputs, Outputs } from '#trpc/types.ts';
import { useAction } from '#trpc/use-action.ts';
import { useComments } from './provider.tsx';

type Threads = Outputs['comment']['list'];
type Thread = Threads['threads'][number];
type Comment = Thread['comments'][number];

interface By {
  readonly me: UserId;
  readonly now: number;
}

/** What one does to comments that the server has. Each shows at once, and is taken back when the server refuses. */
export function useCommentActions() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { formulaId, me } = useComments();
  const { queryKey } = trpc.comment.list.queryOptions({ formulaId });

  /** Shows a change before the server has it; the way back is for when it refuses. */
  const showing = <Input>(change: (threads: readonly Thread[], input: Input, by: By) => readonly Thread[]) => ({
    onMutate: async (input: Input) => {
      await queryClient.cancelQueries({ queryKey });
      const before = queryClient.getQueryData(queryKey);
      const now = Date.now();
      queryClient.setQueryData(
        queryKey,
        (known) => known && { ...known, threads: change(known.threads, input, { me, now }) },
      );
      return { before };
    },
    onError: (_error: unknown, _input: Input, context: { readonly before: Threads | undefined } | undefined) =>
      queryClient.setQueryData(queryKey, context?.before),
    onSettled: () => queryClient.invalidateQueries({ queryKey }),
  });

  const resolve = useAction(trpc.comment.resolve.mutationOptions(showing(resolved)));
  const edit = useMutation(trpc.comment.edit.mutationOptions(showing(edited)));
  const remove = useAction(trpc.comment.remove.mutationOptions(showing(removed)));
  return { resolve, edit, remove };
}

const resolved = (
  threads: readonly Thread[],
  input: Inputs['comment']['resolve'],
  { me, now }: By,
): readonly Thread[] =>
  threads.map((thread) =>
    thread.id === input.threadId ? { ...thread, resolved: input.resolved ? { at: now, by: me } : null } : thread,
  );

const edited = (threads: readonly Thread[], { id, body }: Inputs['comment']['edit'], { now }: By): readonly Thread[] =>
  changeComment(threads, id, { body, editedAt: now });

const removed = (threads: readonly Thread[], { id }: Inputs['comment']['remove']): readonly Thread[] =>
  changeComment(threads, id, { body: '', isDeleted: true }).filter(({ comments }) =>
    comments.some(({ isDeleted }) => !isDeleted),
  );

const changeComment = (threads: readonly Thread[], id: string, change: Partial<Comment>): readonly Thread[] =>
  threads.map((thread) => ({
    ...thread,
    comments: thread.comments.map((comment) => (comment.id === id ? { ...comment, ...change } : comment)),
  }));
