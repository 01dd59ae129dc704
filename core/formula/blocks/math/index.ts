import type { KernelBlock } from '../../model/block.ts';
import { abs } from './abs.ts';
import { acos } from './acos.ts';
import { asin } from './asin.ts';
import { atan } from './atan.ts';
import { ceil } from './ceil.ts';
import { clamp } from './clamp.ts';
import { cos } from './cos.ts';
import { cosh } from './cosh.ts';
import { exp } from './exp.ts';
import { floor } from './floor.ts';
import { ln } from './ln.ts';
import { log10 } from './log10.ts';
import { max } from './max.ts';
import { min } from './min.ts';
import { mod } from './mod.ts';
import { round } from './round.ts';
import { sign } from './sign.ts';
import { sin } from './sin.ts';
import { sinh } from './sinh.ts';
import { sqrt } from './sqrt.ts';
import { tan } from './tan.ts';
import { tanh } from './tanh.ts';

export const MATH: readonly KernelBlock[] = [
  abs,
  acos,
  asin,
  atan,
  ceil,
  clamp,
  cos,
  cosh,
  exp,
  floor,
  ln,
  log10,
  max,
  min,
  mod,
  round,
  sign,
  sin,
  sinh,
  sqrt,
  tan,
  tanh,
];
