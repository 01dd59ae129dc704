import { z } from 'zod';
import { NOTIFICATIONS } from '#server/policies/notifications.ts';
import type { listNotifications } from '#server/use-cases/notification/notifications.ts';
import { figure, id, type AnswerOf } from '../answers.ts';

const common = { id: id('notification'), createdAt: figure, isRead: z.boolean() };
const actor = z.strictObject({ id: id('user'), name: z.string() }).nullable();
const formula = { formulaId: id('formula'), formulaName: z.string() };
/** What somebody did to a strategy. */
const said = { ...common, ...formula, actor };
const comment = {
  ...common,
  ...formula,
  actor,
  about: z.string().nullable(),
  excerpt: z.string(),
  threadId: id('thread'),
};

export const notifications: AnswerOf<typeof listNotifications> = z.strictObject({
  unread: figure,
  notifications: z.array(
    z.discriminatedUnion('kind', [
      z.strictObject({ ...comment, kind: z.enum(['mention', 'reply']) }),
      z.strictObject({
        ...common,
        ...formula,
        kind: z.literal('run.finished'),
        ...NOTIFICATIONS['run.finished'].shape,
      }),
      z.strictObject({ ...common, ...formula, kind: z.literal('run.failed'), ...NOTIFICATIONS['run.failed'].shape }),
      z.strictObject({ ...said, kind: z.literal('review.asked'), ...NOTIFICATIONS['review.asked'].shape }),
      z.strictObject({ ...said, kind: z.literal('review.answered'), ...NOTIFICATIONS['review.answered'].shape }),
      z.strictObject({ ...said, kind: z.literal('review.moved'), ...NOTIFICATIONS['review.moved'].shape }),
      z.strictObject({ ...said, kind: z.literal('version.published'), ...NOTIFICATIONS['version.published'].shape }),
      z.strictObject({
        ...common,
        ...formula,
        kind: z.literal('bot.upgraded'),
        ...NOTIFICATIONS['bot.upgraded'].shape,
      }),
      z.strictObject({ ...common, kind: z.literal('bot.stopped'), ...NOTIFICATIONS['bot.stopped'].shape }),
      z.strictObject({ ...common, actor, kind: z.enum(['ownership.received', 'ownership.given']) }),
      z.strictObject({
        ...common,
        actor,
        kind: z.literal('invitation.accepted'),
        ...NOTIFICATIONS['invitation.accepted'].shape,
      }),
    ]),
  ),
});
