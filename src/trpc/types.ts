import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '#server/api/router.ts';

export type { AppRouter } from '#server/api/router.ts';
export type { LiveEvent } from '#server/live/event.ts';

/** What procedures take and answer: `Outputs['backtest']['get']`. */
export type Inputs = inferRouterInputs<AppRouter>;
export type Outputs = inferRouterOutputs<AppRouter>;
