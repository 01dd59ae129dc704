import type { Outputs } from '#trpc/types.ts';

/** A review with all that was said in it. */
export type Review = Outputs['review']['get'];
