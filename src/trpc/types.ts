import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import type { AppRouter, LiveEvent } from './contract.ts';

/** What procedures take and answer: `Outputs['backtest']['get']`. */
export type Inputs = inferRouterInputs<AppRouter>;
export type Outputs = inferRouterOutputs<AppRouter>;
export type { LiveEvent };
