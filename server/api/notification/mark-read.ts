import { z } from 'zod';
import { markRead as mark } from '#server/use-cases/notification/mark-read.ts';
import { id } from '../fields.ts';
import { signedInProcedure } from '../trpc.ts';

/** Of one's own, so that no role is needed for it. */
export const markRead = signedInProcedure('write')
  .input(z.union([z.literal('all'), z.strictObject({ id }), z.strictObject({ threadId: id })]))
  .mutation(({ ctx, input }) => mark(ctx, input));
