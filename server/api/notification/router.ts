import { z } from 'zod';
import { listNotifications } from '#server/use-cases/notification/list-notifications.ts';
import { markRead as mark } from '#server/use-cases/notification/mark-read.ts';
import { id } from '../fields.ts';
import { orgProcedure, router, signedInProcedure } from '../trpc.ts';

export const notificationRouter = router({
  list: orgProcedure('org.read', 'read').query(({ ctx }) => listNotifications(ctx)),
  /** Of one's own, so that no role is needed for it. */
  markRead: signedInProcedure('write')
    .input(z.union([z.literal('all'), z.strictObject({ id }), z.strictObject({ threadId: id })]))
    .mutation(({ ctx, input }) => mark(ctx, input)),
});
