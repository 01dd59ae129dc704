import { z } from 'zod';
import { listNotifications, markRead as mark } from '#server/use-cases/notification/notifications.ts';
import { nothing } from '../answers.ts';
import { id, page } from '../fields.ts';
import { orgProcedure, router, signedInProcedure } from '../trpc.ts';
import * as answers from './answers.ts';

export const notificationRouter = router({
  list: orgProcedure('org.read', 'read')
    .input(z.object(page(50)).prefault({}))
    .output(answers.notifications)
    .query(({ ctx, input }) => listNotifications(ctx, input)),
  /** Of one's own, so that no role is needed for it. */
  markRead: signedInProcedure('write')
    .input(
      z.union([
        z.literal('all'),
        z.strictObject({ id: id('notification') }),
        z.strictObject({ threadId: id('thread') }),
      ]),
    )
    .output(nothing)
    .mutation(({ ctx, input }) => mark(ctx, input)),
});
