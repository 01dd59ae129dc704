import type { StoredEvent } from '#server/live/event.ts';
import { nothing, type Effects, type Told } from '../effects.ts';

interface Place {
  readonly formulaId: string;
  readonly threadId: string;
}

type OfComment = Place & { readonly commentId: string };

const changed = ({ formulaId, threadId }: Place): readonly StoredEvent[] => [
  { kind: 'comment.changed', payload: { formulaId, threadId } },
];

const notified = (userIds: readonly string[]): readonly StoredEvent[] =>
  userIds.length === 0 ? [] : [{ kind: 'notification.changed', payload: { userIds } }];

const said = ({ commentId, told, ...place }: OfComment & { readonly told: readonly Told[] }): Effects => ({
  audit: { entity: 'comment', entityId: commentId },
  live: changed(place),
  notifications: { commentId, told },
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
  }: OfComment & { readonly untold: readonly string[] }): Effects => ({
    audit: { entity: 'comment', entityId: commentId },
    live: [...changed(place), ...notified(untold)],
  }),
  'thread.resolved': ofThread,
  'thread.reopened': ofThread,
  'notification.read': ({ userId }: { readonly userId: string }): Effects => ({
    audit: nothing('what somebody has read is nobody else’s business'),
    live: notified([userId]),
  }),
};
