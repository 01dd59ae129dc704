import type { Inputs } from '#core/engine/sweep/space.ts';

/** `fast 12, slow 50` */
export const describeInputs = (inputs: Inputs): string => Object.entries(inputs).map(([name, value]) => `${name} ${String(value)}`).join(', ');
