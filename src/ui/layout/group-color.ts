import type { BlockGroup } from '#core/formula/model/block.ts';

const THREADS: Readonly<Record<BlockGroup, number>> = {
  input: 5,
  price: 8,
  math: 3,
  logic: 7,
  events: 4,
  windows: 6,
  indicators: 1,
  patterns: 6,
  position: 5,
  functions: 4,
  actions: 2,
};

/** The thread of a group of blocks, as a CSS colour. */
export const groupColor = (group: BlockGroup | undefined): string => `var(--thread-${group ? THREADS[group] : 2})`;
