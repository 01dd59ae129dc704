import type { Block } from '../model/block.ts';

/** How code writes a block, in the fewest signs: `rsi`, `+`. */
export const symbolOf = (block: Block): string =>
  block.syntax && 'symbol' in block.syntax ? block.syntax.symbol : block.name;
