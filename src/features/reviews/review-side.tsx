'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Check, MessageSquare, MessageSquareWarning, UserPlus } from 'lucide-react';
import type { ReactNode } from 'react';
import type { UserId } from '#core/requests/ids.ts';
import { useDraft } from '#features/comments/index.ts';
import type { LiveDraft } from '#features/live-draft/index.ts';
import { useDenial, useSession } from '#features/shell/index.ts';
import { useTRPC } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import { useAction } from '#trpc/use-action.ts';
import { Button } from '#ui/controls/button.tsx';
import { Field } from '#ui/controls/field.tsx';
import { TextArea } from '#ui/controls/input.tsx';
import { Select } from '#ui/controls/select.tsx';
import { Age } from '#ui/data/time.tsx';
import { Panel } from '#ui/layout/panel.tsx';
import { Avatar } from '#ui/people/avatar.tsx';
import { StandingBadge, standingOf } from './review-state.tsx';
import type { Review } from './review.ts';

interface ReviewSideProps {
  readonly review: Review;
  readonly draft: LiveDraft | null;
}

/** Who is asked and what they say, what the policy asks for, and the place to answer. */
export function ReviewSide({ review, draft }: ReviewSideProps) {
  return (
    <aside aria-label="Review" className="w-full shrink-0 space-y-4 lg:w-88">
      {review.state === 'open' ? <Answer key={review.contentHash} review={review} /> : null}
      <People review={review} draft={draft} />
      <Policy review={review} />
      <Said review={review} />
    </aside>
  );
}

type Verdict = 'approved' | 'changes' | 'commented';

function Answer({ review }: { readonly review: Review }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { user } = useSession();
  const denied = useDenial('review.answer');
  // What is half written stays when the page is loaded anew, and when the review goes on to another version.
  const [{ text: note }, keep] = useDraft(`answer:${review.id}`);
  const setNote = (text: string) => keep({ text, mentions: [] });
  const answer = useMutation(
    trpc.review.answer.mutationOptions({
      onSuccess: () => {
        setNote('');
        void queryClient.invalidateQueries(trpc.review.pathFilter());
      },
    }),
  );
  const isOwn = review.author?.id === user.id;
  const own = isOwn ? 'You asked for this review: somebody else approves it.' : denied;
  const say = (verdict: Verdict) =>
    answer.mutate({ id: review.id, verdict, contentHash: review.contentHash, note: note.trim() });
  return (
    <Panel title={`Your answer to version ${review.versionNumber}`}>
      <div className="space-y-3 px-4 py-3">
        <Field label="Note" problem={answer.isError ? explainError(answer.error).advice : undefined}>
          <TextArea rows={2} value={note} maxLength={10_000} onChange={(event) => setNote(event.target.value)} />
        </Field>
        {answer.isPaused ? (
          <p role="status" className="text-sm text-warn">
            You’re offline. The answer is sent when the server is back, unless you close this tab.
          </p>
        ) : null}
        <div className="flex flex-wrap gap-2">
          <Button
            size="sm"
            look="primary"
            icon={<Check />}
            denied={own}
            disabled={answer.isPending}
            onClick={() => say('approved')}
          >
            Approve
          </Button>
          <Button
            size="sm"
            icon={<MessageSquareWarning />}
            denied={own}
            disabled={answer.isPending}
            onClick={() => say('changes')}
          >
            Ask for changes
          </Button>
          <Button
            size="sm"
            icon={<MessageSquare />}
            denied={denied}
            disabled={answer.isPending || note.trim() === ''}
            onClick={() => say('commented')}
          >
            Comment only
          </Button>
        </div>
      </div>
    </Panel>
  );
}

const NOBODY = 'nobody';

function People({ review, draft }: ReviewSideProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const denied = useDenial('review.ask');
  const team = useQuery(trpc.team.get.queryOptions());
  const request = useAction(
    trpc.review.request.mutationOptions({
      onSuccess: () => void queryClient.invalidateQueries(trpc.review.pathFilter()),
    }),
  );
  const isOpen = review.state === 'open';
  const current = (isOpen ? draft?.contentHash : undefined) ?? review.contentHash;
  const asked = new Set<UserId>(review.people.map(({ userId }) => userId));
  const others = (team.data?.members ?? []).filter(
    ({ userId, role }) => role !== 'viewer' && userId !== review.author?.id && !asked.has(userId),
  );
  const ask = (userId: UserId) => request.mutate({ id: review.id, people: [userId] });
  return (
    <Panel title="Who is asked">
      <ul className="divide-y divide-line/70" aria-label="Who is asked">
        {review.people.map((person) => {
          const standing = standingOf(person, current);
          return (
            <li key={person.userId} className="flex flex-wrap items-center gap-2 px-4 py-2">
              <Avatar id={person.userId} name={person.name} />
              <span className="min-w-0 flex-1 truncate">{person.name}</span>
              {person.isWaiting && standing !== 'waiting' ? (
                <span className="text-2xs text-faint">asked again</span>
              ) : null}
              <StandingBadge standing={standing} />
              {isOpen && !person.isWaiting && denied === undefined ? (
                <Button
                  size="sm"
                  look="quiet"
                  onClick={() => ask(person.userId)}
                  aria-label={`Ask ${person.name} again`}
                >
                  Ask again
                </Button>
              ) : null}
            </li>
          );
        })}
      </ul>
      {isOpen && denied === undefined && others.length > 0 ? (
        <div className="flex items-center gap-2 border-t px-4 py-2">
          <UserPlus className="size-4 text-faint" aria-hidden />
          <Select
            aria-label="Ask somebody else"
            value={NOBODY}
            onChange={(value) => {
              const chosen = others.find(({ userId }) => userId === value);
              if (chosen) ask(chosen.userId);
            }}
            options={[
              { value: NOBODY, label: 'Ask somebody else…' },
              ...others.map(({ userId, name, role }) => ({ value: userId as string, label: `${name} (${role})` })),
            ]}
          />
        </div>
      ) : null}
    </Panel>
  );
}

const WHY = {
  left: 'has left',
  role: 'has a role whose approvals do not count',
  involved: 'worked on the change',
} as const;

/** What the organisation asks for before the version is published. */
function Policy({ review: { judgement, versionNumber } }: { readonly review: Review }) {
  const { needed, approvedBy, notCounted, problem } = judgement;
  const line = (key: string, words: ReactNode) => (
    <li key={key} className="text-muted">
      {words}
    </li>
  );
  return (
    <Panel title="To publish">
      <div className="space-y-1 px-4 py-3 text-sm">
        <p className={problem === null ? 'text-good' : 'text-warn'} role="status">
          {needed === 0
            ? 'Your organisation asks for no approval.'
            : `${approvedBy.length} of ${needed} ${needed === 1 ? 'approval' : 'approvals'} of version ${versionNumber}`}
        </p>
        {problem === null ? null : <p className="text-muted">{problem}</p>}
        <ul>
          {notCounted.map(({ userId, name, why }) =>
            line(userId, `${name} ${WHY[why]}: this approval does not count.`),
          )}
        </ul>
      </div>
    </Panel>
  );
}

const SAID = { approved: 'approved', changes: 'asked for changes of', commented: 'commented on' } as const;

function Said({ review: { said } }: { readonly review: Review }) {
  if (said.length === 0) return null;
  return (
    <Panel title="What was said">
      <ol className="divide-y divide-line/70" aria-label="What was said">
        {said.toReversed().map(({ id, author, verdict, versionNumber, note, at }) => (
          <li key={id} className="px-4 py-2 text-sm">
            <p>
              <span className="font-semibold">{author?.name ?? 'someone who has left'}</span>{' '}
              {`${SAID[verdict]} version ${versionNumber}`} <Age value={at} className="text-2xs text-faint" />
            </p>
            {note === '' ? null : <p className="wrap-anywhere whitespace-pre-wrap text-muted">{note}</p>}
          </li>
        ))}
      </ol>
    </Panel>
  );
}
