import type { Notice } from '#core/notification/notice.ts';
import type { CommentId, FormulaId, ThreadId, UserId } from '#core/requests/ids.ts';
import type { StoredEvent } from '#server/live/event.ts';
import { nothing, type Effects } from '../effects.ts';

interface Place {
  readonly formulaId: FormulaId;
  readonly threadId: ThreadId;
}

/** Whom a comment concerns, and why. */
interface Concerned {
  readonly userId: UserId;
  readonly kind: 'mention' | 'reply';
}

type OfComment = Place & { readonly commentId: CommentId };

const changed = ({ formulaId, threadId }: Place): readonly StoredEvent[] => [
  { kind: 'comment.changed', payload: { formulaId, threadId } },
];

const notified = (userIds: readonly UserId[]): readonly StoredEvent[] =>
  userIds.length === 0 ? [] : [{ kind: 'notification.changed', payload: { userIds } }];

type Said = OfComment & { readonly by: UserId; readonly told: readonly Concerned[] };

const said = ({ commentId, by, told, ...place }: Said): Effects => ({
  audit: { entity: 'comment', entityId: commentId },
  live: changed(place),
  notices: told.map(({ userId, kind }): Notice => ({
    kind,
    userId,
    once: `comment ${commentId}`,
    facts: {},
    actorId: by,
    commentId,
    formulaId: place.formulaId,
  })),
});

const ofThread = (place: Place): Effects => ({
  audit: { entity: 'thread', entityId: place.threadId },
  live: changed(place),
});

export const COMMENT_EVENTS = {
  'comment.written': said,
  'comment.edited': said,
  /** `untold`: those whose notification has gone with the comment. */
  'comment.removed': ({
    commentId,
    untold,
    ...place
  }: OfComment & { readonly untold: readonly UserId[] }): Effects => ({
    audit: { entity: 'comment', entityId: commentId },
    live: [...changed(place), ...notified(untold)],
  }),
  'thread.resolved': ofThread,
  'thread.reopened': ofThread,
  'notification.read': ({ userId }: { readonly userId: UserId }): Effects => ({
    audit: nothing('what somebody has read is nobody else’s business'),
    live: notified([userId]),
  }),
};
