import type { KernelBlock } from '../../model/block.ts';
import { add } from './add.ts';
import { and } from './and.ts';
import { div } from './div.ts';
import { eq } from './eq.ts';
import { gt } from './gt.ts';
import { gte } from './gte.ts';
import { lt } from './lt.ts';
import { lte } from './lte.ts';
import { mul } from './mul.ts';
import { neg } from './neg.ts';
import { neq } from './neq.ts';
import { not } from './not.ts';
import { or } from './or.ts';
import { past } from './past.ts';
import { pow } from './pow.ts';
import { sub } from './sub.ts';

export const OPERATORS: readonly KernelBlock[] = [
  add,
  and,
  div,
  eq,
  gt,
  gte,
  lt,
  lte,
  mul,
  neg,
  neq,
  not,
  or,
  past,
  pow,
  sub,
];
