import { listBots } from '#server/use-cases/bot/manage-bots.ts';
import { orgProcedure } from '../trpc.ts';

export const list = orgProcedure('org.read', 'read').query(({ ctx }) => listBots(ctx));
