import type { KernelBlock } from '../../model/block.ts';
import { avgdev } from './avgdev.ts';
import { beta } from './beta.ts';
import { correl } from './correl.ts';
import { highest } from './highest.ts';
import { linearreg } from './linearreg.ts';
import { linearregAngle } from './linearreg_angle.ts';
import { linearregIntercept } from './linearreg_intercept.ts';
import { linearregSlope } from './linearreg_slope.ts';
import { lowest } from './lowest.ts';
import { maxindex } from './maxindex.ts';
import { mean } from './mean.ts';
import { minindex } from './minindex.ts';
import { minmax } from './minmax.ts';
import { minmaxindex } from './minmaxindex.ts';
import { percentile } from './percentile.ts';
import { rank } from './rank.ts';
import { stddev } from './stddev.ts';
import { sum } from './sum.ts';
import { tsf } from './tsf.ts';
import { variance } from './var.ts';
import { zscore } from './zscore.ts';

export const WINDOWS: readonly KernelBlock[] = [
  avgdev,
  beta,
  correl,
  highest,
  linearreg,
  linearregAngle,
  linearregIntercept,
  linearregSlope,
  lowest,
  maxindex,
  mean,
  minindex,
  minmax,
  minmaxindex,
  percentile,
  rank,
  stddev,
  sum,
  tsf,
  variance,
  zscore,
];
