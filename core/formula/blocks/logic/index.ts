import type { KernelBlock } from '../../model/block.ts';
import { between } from './between.ts';
import { na } from './na.ts';
import { nz } from './nz.ts';
import { where } from './where.ts';

export const LOGIC: readonly KernelBlock[] = [between, na, nz, where];
