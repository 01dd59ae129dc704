'use client';
import { Check, MessageSquareText } from 'lucide-react';
import type { AnchorWords } from '#core/comment/anchor.ts';
import { excerptOf } from '#core/comment/body.ts';
import { Age } from '#ui/data/time.tsx';
import { Avatar } from '#ui/people/avatar.tsx';
import type { ShownThread } from './outbox/with-outgoing.ts';
import { useComments } from './provider.tsx';

interface ThreadCardProps {
  readonly thread: ShownThread;
  readonly words: AnchorWords;
  readonly onOpen: () => void;
}

/** A thread in a list: what it is about, how it began, what came of it. */
export function ThreadCard({ thread: { id, comments, updatedAt, resolved }, words, onOpen }: ThreadCardProps) {
  const { nameOf, unread } = useComments();
  const first = comments.find(({ isDeleted }) => !isDeleted);
  const replies = comments.length - 1;
  const hasFailed = comments.some(({ state }) => state === 'failed');
  return (
    <button
      type="button"
      onClick={onOpen}
      className="flex w-full gap-2 px-3 py-2 text-left -outline-offset-2 hover:bg-hover"
    >
      <Avatar id={first?.authorId ?? ''} name={nameOf(first?.authorId ?? null)} className="mt-0.5" />
      <span className="min-w-0 flex-1">
        <span className="flex items-center gap-1.5 text-xs">
          <span className="truncate font-semibold">{words.title}</span>
          {words.isGone ? <span className="shrink-0 text-faint">deleted</span> : null}
          {unread.has(id) ? (
            <span className="ml-auto size-2 shrink-0 rounded-full bg-accent" role="img" aria-label="Unread" />
          ) : null}
        </span>
        <span className="line-clamp-2 wrap-anywhere text-pretty">{first ? excerptOf(first.body, nameOf) : ''}</span>
        <span className="flex items-center gap-1.5 text-2xs text-faint">
          {resolved ? <Check className="size-3" aria-label="Resolved" /> : null}
          <Age value={updatedAt} />
          {replies > 0 ? (
            <span className="inline-flex items-center gap-1">
              <MessageSquareText className="size-3" aria-hidden />
              {replies === 1 ? '1 reply' : `${replies} replies`}
            </span>
          ) : null}
          {hasFailed ? <span className="text-bad">not sent</span> : null}
        </span>
      </span>
    </button>
  );
}
