/** Whether whoever looks has asked for less motion. */
export const isStill = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;

/** How long the canvas takes to move to another view, in milliseconds. */
export const glide = (): number => (isStill() ? 0 : 200);
