import { Check, CircleDashed, Clock, MessageSquareWarning, RotateCcw } from 'lucide-react';
import type { Outputs } from '#trpc/types.ts';
import { Badge } from '#ui/feedback/badge.tsx';

export type ReviewRow = Outputs['review']['list'][number];
type Person = ReviewRow['people'][number];

/** Where one person stands in a review: `stale`: their verdict is of other content than is looked at now. */
export type Standing = 'waiting' | 'approved' | 'changes' | 'stale' | 'silent';

export function standingOf({ isWaiting, verdict, contentHash }: Person, current: string): Standing {
  if (verdict === null) return isWaiting ? 'waiting' : 'silent';
  if (contentHash !== current) return 'stale';
  return verdict;
}

const WORDS = {
  waiting: { label: 'waits', tone: 'neutral', icon: <Clock /> },
  approved: { label: 'approved', tone: 'good', icon: <Check /> },
  changes: { label: 'asks for changes', tone: 'bad', icon: <MessageSquareWarning /> },
  stale: { label: 'stale', tone: 'warn', icon: <RotateCcw /> },
  silent: { label: 'commented', tone: 'neutral', icon: <CircleDashed /> },
} as const;

export const StandingBadge = ({ standing }: { readonly standing: Standing }) => (
  <Badge tone={WORDS[standing].tone} icon={WORDS[standing].icon}>
    {WORDS[standing].label}
  </Badge>
);

/** How a review stands as a whole, by the content that is looked at. */
export function stateOf(review: ReviewRow, current = review.contentHash) {
  if (review.state !== 'open') return { label: review.state, tone: 'neutral' } as const;
  const standings = review.people.map((person) => standingOf(person, current));
  if (standings.includes('changes')) return { label: 'changes asked for', tone: 'bad' } as const;
  const approved = standings.filter((standing) => standing === 'approved').length;
  const stale = standings.filter((standing) => standing === 'stale').length;
  if (approved > 0 && approved === standings.length) return { label: 'approved', tone: 'good' } as const;
  if (stale > 0) return { label: approved > 0 ? 'partly stale' : 'stale', tone: 'warn' } as const;
  if (approved > 0) return { label: `${approved} of ${standings.length} approved`, tone: 'accent' } as const;
  return { label: 'waiting', tone: 'accent' } as const;
}

export function ReviewState({
  review,
  current,
}: {
  readonly review: ReviewRow;
  readonly current?: string | undefined;
}) {
  const { label, tone } = stateOf(review, current ?? review.contentHash);
  return <Badge tone={tone}>{label}</Badge>;
}
