import { threadPath } from '#core/comment/thread-path.ts';
import type { Outputs } from '#trpc/types.ts';

export type Notification = Outputs['notification']['list']['notifications'][number];

/** What a notification says, and where it leads. */
export interface Description {
  readonly href: string;
  /** Whose picture stands before it; null for what the house says. */
  readonly person: { readonly id: string; readonly name: string } | null;
  /** Who did it, or what it happened to: the subject of `happened`. */
  readonly subject: string;
  readonly happened: string;
  /** In more words; empty where there are none. */
  readonly detail: string;
  /** Where it belongs. */
  readonly place: string;
}

const GONE = { id: '', name: 'someone who has left' };
const RUN = {
  backtest: { name: 'backtest', path: '/backtests' },
  sweep: { name: 'sweep', path: '/sweeps' },
} as const;

export function describeNotification(one: Notification): Description {
  switch (one.kind) {
    case 'mention':
    case 'reply': {
      const person = one.actor ?? GONE;
      return {
        href: threadPath(one.formulaId, one.threadId),
        person,
        subject: person.name,
        happened: one.kind === 'mention' ? 'mentioned you' : 'replied',
        detail: one.excerpt,
        place: one.about === null ? one.formulaName : `${one.formulaName} · ${one.about}`,
      };
    }
    case 'run.finished':
    case 'run.failed': {
      const { name, path } = RUN[one.noun];
      return {
        href: `${path}/${one.runId}`,
        person: null,
        subject: `Your ${name}`,
        happened: one.kind === 'run.finished' ? 'has finished' : 'has failed',
        detail: one.kind === 'run.failed' ? one.failure : '',
        place: one.formulaName,
      };
    }
    case 'review.asked':
    case 'review.answered':
    case 'review.moved': {
      const person = one.actor ?? GONE;
      return {
        href: `/reviews/${one.reviewId}`,
        person,
        subject: person.name,
        happened: ofReview(one),
        detail: one.title,
        place: one.formulaName,
      };
    }
    case 'version.published': {
      const person = one.actor ?? GONE;
      return {
        href: `/formulas/${one.formulaId}/publications`,
        person,
        subject: person.name,
        happened: `published version ${one.version}`,
        detail: '',
        place: one.formulaName,
      };
    }
    case 'bot.upgraded':
      return {
        href: '/bots',
        person: null,
        subject: one.name,
        happened: `runs version ${one.version} now`,
        detail: '',
        place: one.formulaName,
      };
    case 'bot.stopped':
      return {
        href: '/bots',
        person: null,
        subject: one.name,
        happened: 'was stopped by an error',
        detail: one.failure,
        place: 'Bots',
      };
    case 'ownership.received':
    case 'ownership.given': {
      const person = one.actor ?? GONE;
      return {
        href: '/team',
        person,
        subject: person.name,
        happened: one.kind === 'ownership.received' ? 'made you the owner' : 'is the owner now, as you wished',
        detail: '',
        place: 'Team',
      };
    }
    case 'invitation.accepted': {
      const person = one.actor ?? GONE;
      return {
        href: '/team',
        person,
        subject: person.name,
        happened: `accepted your invitation as ${one.role}`,
        detail: '',
        place: 'Team',
      };
    }
  }
}

const ANSWERS = {
  approved: 'approved your review',
  changes: 'asked for changes in your review',
  commented: 'commented on your review',
} as const;

function ofReview(one: Extract<Notification, { readonly kind: `review.${string}` }>): string {
  if (one.kind === 'review.answered') return ANSWERS[one.verdict];
  return one.kind === 'review.asked'
    ? 'asks you for a review'
    : `brought a review up to version ${one.version}: your answer is of an earlier one`;
}
