import { z } from 'zod';
import type { listNotifications } from '#server/use-cases/notification/list-notifications.ts';
import { figure, type AnswerOf } from '../answers.ts';

export const notifications: AnswerOf<typeof listNotifications> = z.strictObject({
  unread: figure,
  notifications: z.array(
    z.strictObject({
      id: z.string(),
      kind: z.enum(['mention', 'reply']),
      actor: z.strictObject({ id: z.string(), name: z.string() }).nullable(),
      about: z.string().nullable(),
      excerpt: z.string(),
      threadId: z.string(),
      formulaId: z.string(),
      formulaName: z.string(),
      createdAt: figure,
      isRead: z.boolean(),
    }),
  ),
});
