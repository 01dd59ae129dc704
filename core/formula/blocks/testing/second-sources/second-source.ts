import type { Params } from '#core/formula/model/block.ts';

/**
 * What a block gives, one column an output, by somebody else: its prices and series come in its order. `na` is NaN,
 * conditions are 0 and 1.
 */
export type SecondSource = (params: Params, columns: readonly (readonly number[])[]) => readonly (readonly number[])[];
