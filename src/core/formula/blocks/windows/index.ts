import type { KernelBlock } from '../../block.ts';
import { highest } from './highest.ts';
import { lowest } from './lowest.ts';
import { mean } from './mean.ts';
import { percentile } from './percentile.ts';
import { rank } from './rank.ts';
import { stddev } from './stddev.ts';
import { sum } from './sum.ts';
import { variance } from './var.ts';
import { zscore } from './zscore.ts';

export const WINDOWS: readonly KernelBlock[] = [
  highest,
  lowest,
  mean,
  percentile,
  rank,
  stddev,
  sum,
  variance,
  zscore,
];
