import type { BotId, CommentId, FormulaId, ReviewId, RunId, UserId } from '../requests/ids.ts';

/** `title`: what the review is called. */
interface InReview {
  readonly reviewId: ReviewId;
  readonly title: string;
}

interface Run {
  readonly noun: 'backtest' | 'sweep';
  readonly runId: RunId;
}

/**
 * Everything that a person can be told, each kind with the facts that are kept of it beside comment, formula and
 * person. A kind that is added here needs a schema in `server/policies/notifications.ts`, a text and a link in
 * `src/features/shell/notifications/describe-notification.ts`, and an event in the catalogue of acts that says it.
 */
export interface NotificationFacts {
  readonly mention: Readonly<Record<string, never>>;
  readonly reply: Readonly<Record<string, never>>;
  readonly 'run.finished': Run;
  readonly 'run.failed': Run & { readonly failure: string };
  readonly 'review.asked': InReview;
  readonly 'review.answered': InReview & { readonly verdict: 'approved' | 'changes' | 'commented' };
  /** The version that somebody judged is not the one to look at any more. */
  readonly 'review.moved': InReview & { readonly version: number };
  readonly 'version.published': { readonly version: number };
  readonly 'bot.upgraded': { readonly botId: BotId; readonly name: string; readonly version: number };
  readonly 'bot.stopped': { readonly botId: BotId; readonly name: string; readonly failure: string };
  /** Somebody made them the owner of the organisation; and the other side of it. */
  readonly 'ownership.received': Readonly<Record<string, never>>;
  readonly 'ownership.given': Readonly<Record<string, never>>;
  readonly 'invitation.accepted': { readonly role: string };
}

export type NotificationKind = keyof NotificationFacts;

/** What one person is told. */
export type Notice = {
  [Kind in NotificationKind]: {
    readonly kind: Kind;
    readonly userId: UserId;
    /** Of what they are told no more than once, whatever the kind. */
    readonly once: string;
    readonly facts: NotificationFacts[Kind];
    readonly actorId?: UserId;
    readonly commentId?: CommentId;
    readonly formulaId?: FormulaId;
  };
}[NotificationKind];
