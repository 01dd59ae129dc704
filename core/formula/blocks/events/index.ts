import type { KernelBlock } from '../../model/block.ts';
import { barsSince } from './barsSince.ts';
import { count } from './count.ts';
import { cross } from './cross.ts';
import { crossover } from './crossover.ts';
import { crossunder } from './crossunder.ts';
import { falling } from './falling.ts';
import { latch } from './latch.ts';
import { once } from './once.ts';
import { rising } from './rising.ts';
import { valueWhen } from './valueWhen.ts';

export const EVENTS: readonly KernelBlock[] = [
  barsSince,
  count,
  cross,
  crossover,
  crossunder,
  falling,
  latch,
  once,
  rising,
  valueWhen,
];
