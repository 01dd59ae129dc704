import { describeDemo } from '#server/use-cases/demo/describe-demo.ts';
import { publicProcedure } from '../trpc.ts';

export const demo = publicProcedure('open').query(({ ctx }) => describeDemo(ctx));
