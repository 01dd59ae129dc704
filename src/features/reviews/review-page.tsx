'use client';
import { useQuery, skipToken } from '@tanstack/react-query';
import { Equal } from 'lucide-react';
import { useMemo, useState } from 'react';
import { changeKeyOf } from '#core/diff/change-key.ts';
import { diff, type Change } from '#core/diff/diff.ts';
import { fromJsonText } from '#core/formula/json/json.ts';
import { EMPTY_FORMULA, nodeOf, type Formula, type NodeId } from '#core/formula/model/formula.ts';
import { idOf, type ReviewId } from '#core/requests/ids.ts';
import { BehaviourDiff } from '#features/behaviour/index.ts';
import { CommentsProvider, ThreadView, useComments, type ShownThread } from '#features/comments/index.ts';
import { DiffView, useLinkedChange } from '#features/diff/index.ts';
import { useLiveDraft, type LiveDraft } from '#features/live-draft/index.ts';
import { useTRPC } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import { Segmented } from '#ui/controls/segmented.tsx';
import { EmptyState } from '#ui/feedback/empty-state.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { Skeleton } from '#ui/feedback/skeleton.tsx';
import { useTitle } from '#ui/hooks/use-title.ts';
import { Panel } from '#ui/layout/panel.tsx';
import { ReviewHeader } from './review-header.tsx';
import { ReviewSide } from './review-side.tsx';
import { AboutThread, ThreadsAt } from './review-threads.tsx';
import type { Review } from './review.ts';

export function ReviewPage({ id: text }: { readonly id: string }) {
  const id = idOf('review', text);
  const trpc = useTRPC();
  const review = useQuery(trpc.review.get.queryOptions({ id }));
  useTitle(review.data?.title);
  if (review.isError)
    return (
      <Problem title={explainError(review.error).title} className="m-4">
        {explainError(review.error).advice}
      </Problem>
    );
  if (!review.data) return <Skeleton className="m-4 h-[80vh]" />;
  return (
    <CommentsProvider key={review.data.formulaId} formulaId={review.data.formulaId}>
      <OpenReview review={review.data} />
    </CommentsProvider>
  );
}

function OpenReview({ review }: { readonly review: Review }) {
  const draft = useLiveDraft(review.state === 'open' ? review.formulaId : undefined);
  return (
    <div className="flex min-h-full flex-col">
      <ReviewHeader review={review} draft={draft} />
      <div className="flex flex-1 flex-col gap-4 px-4 pb-8 md:px-6 lg:flex-row lg:items-start">
        <div className="min-w-0 flex-1 space-y-4">
          {review.description === '' ? null : (
            <Panel title="Description">
              {/* Up to 20,000 characters: what the review is about stays in reach. */}
              <p
                // Scrolled by keys as well.
                tabIndex={0}
                aria-label="Description"
                role="group"
                className="max-h-72 overflow-y-auto px-4 py-3 wrap-anywhere whitespace-pre-wrap"
              >
                {review.description}
              </p>
            </Panel>
          )}
          <Difference review={review} draft={draft} />
        </div>
        <ReviewSide review={review} draft={draft} />
      </div>
    </div>
  );
}

type Face = 'version' | 'draft';
type View = 'changes' | 'behaviour';

function Difference({ review, draft }: { readonly review: Review; readonly draft: LiveDraft | null }) {
  const { formulaId, versionId, baseId, versionNumber, baseNumber } = review;
  const before = useVersion(baseId);
  const version = useVersion(versionId);
  const [face, setFace] = useState<Face>('version');
  const [view, setView] = useState<View>('changes');
  const isMoved = draft !== null && draft.contentHash !== review.contentHash;
  const isDraft = face === 'draft' && draft !== null;
  const after = isDraft ? draft.formula : version;
  if (!before || !after) return <Skeleton className="h-[60vh]" />;
  const sides = {
    before: { title: baseNumber === null ? 'Nothing yet' : `Version ${baseNumber}`, formula: before },
    after: { title: isDraft ? 'Draft' : `Version ${versionNumber}`, formula: after },
  };
  return (
    <>
      {baseId === null ? null : (
        <Segmented
          label="What to compare"
          value={view}
          onChange={setView}
          options={[
            { value: 'changes', label: 'Changes' },
            { value: 'behaviour', label: 'Behaviour' },
          ]}
        />
      )}
      {isMoved ? (
        <Segmented
          label="What is compared"
          value={face}
          onChange={setFace}
          options={[
            { value: 'version', label: `Version ${versionNumber}, as asked` },
            { value: 'draft', label: 'The draft, as it is now' },
          ]}
        />
      ) : null}
      {baseId !== null && view === 'behaviour' ? (
        <BehaviourDiff
          before={{ ...sides.before, formulaId, versionId: baseId }}
          after={{ ...sides.after, formulaId, versionId: isDraft ? null : versionId }}
          className="min-h-[60vh]"
        />
      ) : (
        <Compared reviewId={review.id} {...sides} />
      )}
    </>
  );
}

function useVersion(id: Review['baseId']): Formula | null {
  const trpc = useTRPC();
  const version = useQuery(trpc.version.get.queryOptions(id === null ? skipToken : { id }, { staleTime: Infinity }));
  return useMemo(
    () => (id === null ? EMPTY_FORMULA : version.data ? fromJsonText(version.data.json).formula : null),
    [id, version.data],
  );
}

interface Titled {
  readonly title: string;
  readonly formula: Formula;
}

function Compared({
  reviewId,
  before,
  after,
}: {
  readonly reviewId: ReviewId;
  readonly before: Titled;
  readonly after: Titled;
}) {
  const { threads } = useComments();
  const linked = useLinkedChange();
  const keys = useMemo(
    () => new Set(diff(before.formula, after.formula).changes.map(changeKeyOf)),
    [before.formula, after.formula],
  );
  const { byKey, byNode, gone } = useMemo(
    () => sortThreads(threads ?? [], { reviewId, keys, formula: after.formula }),
    [threads, reviewId, keys, after.formula],
  );
  const below = (_change: Change, key: string) => (
    <ThreadsAt
      threads={byKey.get(key) ?? []}
      formula={after.formula}
      target={{ kind: 'change', reviewId, key }}
      label="this change"
    />
  );
  const belowStatement = (node: NodeId) => (
    <ThreadsAt
      threads={byNode.get(node) ?? []}
      formula={after.formula}
      target={{ kind: 'node', nodeId: node }}
      label="this statement"
    />
  );
  return (
    <>
      {keys.size === 0 ? (
        <EmptyState icon={<Equal />} title="Nothing has changed">
          Both sides say the same.
        </EmptyState>
      ) : (
        <DiffView
          before={before}
          after={after}
          {...linked}
          below={below}
          belowStatement={belowStatement}
          className="min-h-[60vh]"
        />
      )}
      {gone.length > 0 ? (
        <Panel title="About what is gone">
          {gone.map((thread) => (
            <ThreadView
              key={thread.id}
              thread={thread}
              heading={<AboutThread anchor={thread.anchor} formula={after.formula} isGone />}
            />
          ))}
        </Panel>
      ) : null}
    </>
  );
}

interface Seen {
  readonly reviewId: ReviewId;
  readonly keys: ReadonlySet<string>;
  readonly formula: Formula;
}

/** Open threads by what they are about: a change of this review, a node, or what is gone of either. */
function sortThreads(threads: readonly ShownThread[], { reviewId, keys, formula }: Seen) {
  const byKey = new Map<string, ShownThread[]>();
  const byNode = new Map<NodeId, ShownThread[]>();
  const gone: ShownThread[] = [];
  const put = <Key,>(map: Map<Key, ShownThread[]>, key: Key, thread: ShownThread) =>
    void map.set(key, [...(map.get(key) ?? []), thread]);
  for (const thread of threads) {
    const { anchor } = thread;
    if (anchor.kind === 'change') {
      if (anchor.reviewId !== reviewId) continue;
      if (keys.has(anchor.key)) put(byKey, anchor.key, thread);
      else gone.push(thread);
    } else if (anchor.kind === 'node') {
      if (nodeOf(formula, anchor.nodeId)) put(byNode, anchor.nodeId, thread);
      else if (thread.resolved === null) gone.push(thread);
    }
  }
  return { byKey, byNode, gone };
}
