import { listNotifications } from '#server/use-cases/notification/list-notifications.ts';
import { orgProcedure } from '../trpc.ts';

export const list = orgProcedure('org.read', 'read').query(({ ctx }) => listNotifications(ctx));
