import { getTeam } from '#server/use-cases/team/get-team.ts';
import { orgProcedure } from '../trpc.ts';

export const get = orgProcedure('org.read', 'read').query(({ ctx }) => getTeam(ctx));
