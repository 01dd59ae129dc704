'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTRPC } from '#trpc/client.ts';
import { useComments } from './provider.tsx';

/**
 * Marks what a thread has told this person as read while the thread is before their eyes; a window in the background is
 * not.
 */
export function useMarkRead(threadId: string): void {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const isUnread = useComments().unread.has(threadId);
  const { mutate } = useMutation(
    trpc.notification.markRead.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.notification.pathFilter()),
    }),
  );
  useEffect(() => {
    if (!isUnread) return;
    const mark = () => {
      if (document.visibilityState === 'visible') mutate({ threadId });
    };
    mark();
    document.addEventListener('visibilitychange', mark);
    return () => document.removeEventListener('visibilitychange', mark);
  }, [isUnread, mutate, threadId]);
}
