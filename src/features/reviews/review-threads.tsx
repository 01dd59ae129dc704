'use client';
import { MessageSquarePlus } from 'lucide-react';
import { useState } from 'react';
import { describeAnchor, type Anchor, type AnchorTarget } from '#core/comment/anchor.ts';
import type { Formula } from '#core/formula/model/formula.ts';
import { Composer, ThreadView, useComments, type ShownThread } from '#features/comments/index.ts';
import { Button } from '#ui/controls/button.tsx';

/** What a thread is about, in the words of now. */
export function AboutThread({
  anchor,
  formula,
  isGone,
}: {
  readonly anchor: Anchor;
  readonly formula: Formula;
  readonly isGone: boolean;
}) {
  const words = describeAnchor(anchor, formula);
  return (
    <p className="text-xs">
      <span className="font-semibold">{words.title}</span>
      {words.code === null ? null : <span className="ml-1.5 wrap-anywhere text-muted">{words.code}</span>}
      {isGone ? <span className="ml-1.5 text-warn">What this was about is gone</span> : null}
    </p>
  );
}

interface ThreadsAtProps {
  readonly threads: readonly ShownThread[];
  readonly formula: Formula;
  readonly target: AnchorTarget;
  readonly label: string;
}

/** The threads of one thing, and the place where another one begins. */
export function ThreadsAt({ threads, formula, target, label }: ThreadsAtProps) {
  const { post, denied } = useComments();
  const [isWriting, setWriting] = useState(false);
  const place = `review:${JSON.stringify(target)}`;
  return (
    <div className="mt-1 space-y-1">
      {threads.map((thread) => (
        <div key={thread.id} className="rounded-md border bg-surface">
          <ThreadView
            thread={thread}
            heading={<AboutThread anchor={thread.anchor} formula={formula} isGone={false} />}
          />
        </div>
      ))}
      {isWriting ? (
        <Composer
          place={place}
          label={`Comment on ${label}`}
          placeholder={`Comment on ${label}. @ tells a colleague.`}
          action="Comment"
          autoFocus
          onSend={(body) => {
            post({ anchor: target, body });
            setWriting(false);
          }}
          onCancel={() => setWriting(false)}
        />
      ) : (
        <Button
          size="sm"
          look="quiet"
          icon={<MessageSquarePlus />}
          denied={denied}
          aria-label={`Comment on ${label}`}
          onClick={() => setWriting(true)}
        >
          Comment
        </Button>
      )}
    </div>
  );
}
