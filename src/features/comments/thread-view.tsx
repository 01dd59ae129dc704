'use client';
import { Check, Link2, RotateCcw } from 'lucide-react';
import type { ReactNode } from 'react';
import { threadPath } from '#core/comment/thread-path.ts';
import { useDenial } from '#features/shell/index.ts';
import { copyText } from '#ui/browser/copy-text.ts';
import { Button } from '#ui/controls/button.tsx';
import { IconButton } from '#ui/controls/icon-button.tsx';
import { Age } from '#ui/data/time.tsx';
import { toast } from '#ui/feedback/toaster.tsx';
import { CommentItem } from './comment-item.tsx';
import { Composer } from './composer.tsx';
import type { ShownThread } from './outbox/with-outgoing.ts';
import { useComments } from './provider.tsx';
import { useCommentActions } from './use-comment-actions.ts';
import { useMarkRead } from './use-mark-read.ts';

interface ThreadViewProps {
  readonly thread: ShownThread;
  /** What it is about, and the way to it. */
  readonly heading: ReactNode;
}

/** A whole conversation, with the place to answer. */
export function ThreadView({ thread, heading }: ThreadViewProps) {
  const { formulaId, nameOf, post } = useComments();
  const { resolve } = useCommentActions();
  const denied = useDenial('comment.write');
  useMarkRead(thread.id);
  const { id, resolved, comments, isSaved } = thread;
  const copy = async () => {
    if (await copyText(new URL(threadPath(formulaId, id), location.href).href)) toast.success('Link copied');
    else toast.error('The browser did not allow copying');
  };
  return (
    <article aria-label="Thread" className="px-3 py-2">
      <div className="flex flex-wrap items-center gap-1">
        <div className="min-w-0 flex-1 basis-32">{heading}</div>
        {isSaved ? (
          <IconButton size="sm" label="Copy a link to the thread" onClick={() => void copy()}>
            <Link2 />
          </IconButton>
        ) : null}
        {isSaved ? (
          <Button
            size="sm"
            icon={resolved ? <RotateCcw /> : <Check />}
            denied={denied}
            onClick={() => resolve.mutate({ threadId: id, resolved: resolved === null })}
          >
            {resolved ? 'Reopen' : 'Resolve'}
          </Button>
        ) : null}
      </div>
      {resolved ? (
        <p
          role="status"
          className="mt-1.5 flex items-center gap-1.5 rounded-sm bg-good-soft px-2 py-1 text-xs text-good"
        >
          <Check className="size-3.5" aria-hidden />
          <span>
            Resolved by {nameOf(resolved.by)}, <Age value={resolved.at} />
          </span>
        </p>
      ) : null}
      <ul className="mt-1">
        {comments.map((comment) => (
          <CommentItem key={comment.id} comment={comment} />
        ))}
      </ul>
      {isSaved ? (
        <div className="mt-1.5">
          <Composer
            key={id}
            place={`reply:${id}`}
            label="Reply"
            placeholder="Reply. @ tells a colleague."
            action="Reply"
            onSend={(body) => void post({ threadId: id, body })}
          />
        </div>
      ) : null}
    </article>
  );
}
