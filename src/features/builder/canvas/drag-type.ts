import type { Block } from '#core/formula/model/block.ts';

/** Under which a block's name travels while it is dragged in from the palette. */
export const BLOCK_DRAG = 'application/x-alphaloom-block';

/** The block that is on its way: a browser says what a drag holds when it ends, and the canvas has to know before. */
export const draggedBlock: { current: Block | null } = { current: null };
