/** Under which a block's name travels while it is dragged in from the palette. */
export const BLOCK_DRAG = 'application/x-alphaloom-block';
