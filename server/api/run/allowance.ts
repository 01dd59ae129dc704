import { getAllowance } from '#server/use-cases/run/allowance.ts';
import { orgProcedure } from '../trpc.ts';

export const allowance = orgProcedure('org.read', 'read').query(({ ctx }) => getAllowance(ctx));
