'use client';
import { ArrowLeft, CheckCheck, MessageSquarePlus, MessagesSquare } from 'lucide-react';
import { useState } from 'react';
import { describeAnchor } from '#core/comment/anchor.ts';
import { ThreadCard, ThreadView, useComments } from '#features/comments/index.ts';
import { explainError } from '#trpc/explain-error.ts';
import { Button } from '#ui/controls/button.tsx';
import { Segmented } from '#ui/controls/segmented.tsx';
import { ShowOlder } from '#ui/data/show-older.tsx';
import { EmptyState } from '#ui/feedback/empty-state.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { SkeletonRows } from '#ui/feedback/skeleton.tsx';
import { useFormula } from '../session/use-session.ts';
import { AnchorHeading } from './anchor-heading.tsx';
import { NewThread } from './new-thread.tsx';
import { useCommentPlaces } from './provider.tsx';
import { useCommentTarget } from './use-comment-target.ts';

type Filter = 'open' | 'resolved';

/** The conversation about the formula: all threads, or the one that is open. */
export function CommentsPanel() {
  const { threads, error } = useComments();
  const { openId } = useCommentPlaces();
  if (error !== null && threads === null)
    return (
      <Problem title={explainError(error).title} className="m-3">
        {explainError(error).advice}
      </Problem>
    );
  if (threads === null) return <SkeletonRows rows={3} />;
  return openId === null ? <ThreadList /> : <OpenThread id={openId} />;
}

function OpenThread({ id }: { readonly id: string }) {
  const { threads } = useComments();
  const { open } = useCommentPlaces();
  const thread = threads?.find((one) => one.id === id);
  return (
    <>
      <div className="border-b px-2 py-1">
        <Button size="sm" look="quiet" icon={<ArrowLeft />} onClick={() => open(null)}>
          All threads
        </Button>
      </div>
      {thread ? (
        <ThreadView key={id} thread={thread} heading={<AnchorHeading anchor={thread.anchor} />} />
      ) : (
        <EmptyState icon={<MessagesSquare />} title="This thread is not here any more">
          All of its comments were deleted.
        </EmptyState>
      )}
    </>
  );
}

function ThreadList() {
  const { threads, showOlder, isLoadingOlder, denied } = useComments();
  const { open, writing, write } = useCommentPlaces();
  const formula = useFormula();
  const target = useCommentTarget();
  const [filter, setFilter] = useState<Filter>('open');
  const all = threads ?? [];
  const resolved = all.filter((thread) => thread.resolved !== null);
  const unresolved = all.filter((thread) => thread.resolved === null);
  const shown = filter === 'open' ? unresolved : resolved;
  return (
    <>
      <div className="flex flex-wrap items-center gap-2 border-b px-3 py-1.5">
        <Segmented
          label="Which threads"
          value={filter}
          onChange={setFilter}
          options={[
            { value: 'open', label: `Open ${unresolved.length}` },
            { value: 'resolved', label: `Resolved ${resolved.length}` },
          ]}
        />
        <Button
          size="sm"
          className="ml-auto"
          icon={<MessageSquarePlus />}
          denied={denied}
          onClick={() => write(target())}
        >
          Comment
        </Button>
      </div>
      {writing ? (
        <div className="border-b px-3 py-2">
          <NewThread anchor={writing} autoFocus onBegun={open} onCancel={() => write(null)} />
        </div>
      ) : null}
      {shown.length > 0 ? (
        <ul className="divide-y divide-line/70" aria-label="Threads">
          {shown.map((thread) => (
            <li key={thread.id}>
              <ThreadCard
                thread={thread}
                words={describeAnchor(thread.anchor, formula)}
                onOpen={() => open(thread.id)}
              />
            </li>
          ))}
        </ul>
      ) : null}
      <ShowOlder onShow={showOlder} isLoading={isLoadingOlder} />
      {shown.length === 0 && !writing ? <Nothing filter={filter} mayWrite={denied === undefined} /> : null}
    </>
  );
}

const Nothing = ({ filter, mayWrite }: { readonly filter: Filter; readonly mayWrite: boolean }) =>
  filter === 'open' ? (
    <EmptyState icon={<MessagesSquare />} title="No open threads">
      {mayWrite
        ? 'Select a node or a statement and press C to ask or tell something about it. @ tells a colleague.'
        : 'What your colleagues say about this strategy is read here.'}
    </EmptyState>
  ) : (
    <EmptyState icon={<CheckCheck />} title="Nothing resolved">
      Threads that are done are kept here, and can be taken up again.
    </EmptyState>
  );
