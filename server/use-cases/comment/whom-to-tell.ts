import { mentionsIn } from '#core/comment/body.ts';
import type { UserId } from '#core/requests/ids.ts';

interface Said {
  readonly authorId: UserId | null;
  readonly body: string;
}

interface Saying {
  readonly by: UserId;
  readonly mentioned: readonly UserId[];
  /** What was said in the thread before. */
  readonly before: readonly Said[];
}

/**
 * Whom a new comment concerns: those it mentions, and those who take part in the thread, by their own words or by a
 * mention. Nobody of their own.
 */
export function whomToTell({
  by,
  mentioned,
  before,
}: Saying): readonly { readonly userId: UserId; readonly kind: 'mention' | 'reply' }[] {
  const people = new Map<UserId, 'mention' | 'reply'>(mentioned.map((userId) => [userId, 'mention']));
  const partakers = before.flatMap(({ authorId, body }) => [
    ...(authorId === null || body === '' ? [] : [authorId]),
    ...mentionsIn(body),
  ]);
  for (const userId of partakers) if (!people.has(userId)) people.set(userId, 'reply');
  people.delete(by);
  return [...people].map(([userId, kind]) => ({ userId, kind }));
}
