import { z } from 'zod';
import { removeMember as remove } from '#server/use-cases/team/remove-member.ts';
import { id } from '../fields.ts';
import { orgProcedure } from '../trpc.ts';

export const removeMember = orgProcedure('team.manage', 'write')
  .input(z.object({ userId: id }))
  .mutation(({ ctx, input }) => remove(ctx, input));
