import type { NextValue, StreamState } from '#core/formula/model/block.ts';

/** A kernel between the cells that it reads and those that it writes. */
export interface WiredKernel {
  readonly step: StreamState['step'];
  readonly next: NextValue | null;
  /** Cells of its operands; four at the least, NaN behind the last. */
  readonly from: ArrayLike<number>;
  /** The cell of its first output. */
  readonly to: number;
  /** What `step` takes its operands from, and where it puts its outputs: the cells from `to` on. */
  readonly values: Float64Array;
  readonly out: Float64Array;
}

/** Runs kernels one behind the other. */
export type FusedKernels = (cells: Float64Array) => void;

/**
 * Makes a function out of its source. Core has none: a server gives `new Function`, a page, which allows no source to
 * become code, gives nothing and has every kernel called from one place. The source consists of numbers and of names
 * made here; nothing that a person has written is in it.
 */
export type Fuse = (parameters: readonly string[], body: string, values: readonly unknown[]) => FusedKernels;

/** Longer functions are not compiled to machine code. */
const MOST_KERNELS = 48;

/**
 * The same calls in the same order as a loop over the kernels makes, each from a place of its own: compiled, they cost
 * half as much.
 */
export function fuseKernels(kernels: readonly WiredKernel[], fuse: Fuse): FusedKernels[] {
  const fused: FusedKernels[] = [];
  for (let first = 0; first < kernels.length; first += MOST_KERNELS) {
    const some = kernels.slice(first, first + MOST_KERNELS);
    const named = some.flatMap(({ next, step, values, out }, index): [string, unknown][] =>
      next
        ? [[`next${index}`, next]]
        : [
            [`step${index}`, step],
            [`values${index}`, values],
            [`out${index}`, out],
          ],
    );
    fused.push(
      fuse(
        named.map(([name]) => name),
        some.map(callOf).join('\n'),
        named.map(([, value]) => value),
      ),
    );
  }
  return fused;
}

function callOf({ next, from, to, values }: WiredKernel, index: number): string {
  const operands = Array.from(from, (cell) => `cells[${cell}]`);
  if (next) return `cells[${to}] = next${index}(${operands.join(', ')});`;
  return [
    ...Array.from(values, (_, slot) => `values${index}[${slot}] = ${operands[slot]};`),
    `step${index}(values${index}, out${index});`,
  ].join(' ');
}
