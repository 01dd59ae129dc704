import type { Outputs } from '#trpc/types.ts';

export type Sweep = Outputs['sweep']['get'];
