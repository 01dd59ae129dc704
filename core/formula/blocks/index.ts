import type { KernelBlock } from '../model/block.ts';
import { EVENTS } from './events/index.ts';
import { INDICATORS } from './indicators/index.ts';
import { LOGIC } from './logic/index.ts';
import { MATH } from './math/index.ts';
import { OPERATORS } from './operators/index.ts';
import { PATTERNS } from './patterns/index.ts';
import { PRICE } from './price/index.ts';
import { WINDOWS } from './windows/index.ts';

/** Every block that is computed column by column, one a file, a list for each folder. */
export const KERNEL_BLOCKS: readonly KernelBlock[] = [
  ...EVENTS,
  ...INDICATORS,
  ...LOGIC,
  ...MATH,
  ...OPERATORS,
  ...PATTERNS,
  ...PRICE,
  ...WINDOWS,
];
