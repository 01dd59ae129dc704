import type { KernelBlock } from '../../block.ts';
import { abs } from './abs.ts';
import { ceil } from './ceil.ts';
import { clamp } from './clamp.ts';
import { exp } from './exp.ts';
import { floor } from './floor.ts';
import { ln } from './ln.ts';
import { log10 } from './log10.ts';
import { max } from './max.ts';
import { min } from './min.ts';
import { mod } from './mod.ts';
import { round } from './round.ts';
import { sign } from './sign.ts';
import { sqrt } from './sqrt.ts';

export const MATH: readonly KernelBlock[] = [
  abs,
  ceil,
  clamp,
  exp,
  floor,
  ln,
  log10,
  max,
  min,
  mod,
  round,
  sign,
  sqrt,
];
