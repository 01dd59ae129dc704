import { z } from 'zod';
import { changeRole as change } from '#server/use-cases/team/change-role.ts';
import { id, role } from '../fields.ts';
import { orgProcedure } from '../trpc.ts';

export const changeRole = orgProcedure('team.manage', 'write')
  .input(z.object({ userId: id, role }))
  .mutation(({ ctx, input }) => change(ctx, input));
