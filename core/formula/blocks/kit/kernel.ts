import type { Kernel, NextValue, Params, StreamState } from '../../model/block.ts';
import type { Cell } from './cells.ts';
import { finite } from './finite.ts';
import type { Loop } from './loops.ts';

/** One computation in progress: what it remembers, and how it takes the next bar. */
export interface Machine {
  /** Everything that its future depends on. Nothing else may be kept between bars. */
  readonly memory: readonly Float64Array[];
  readonly step: (values: Float64Array, out: Float64Array) => void;
  /** The same for up to four columns and one output. */
  readonly next?: NextValue;
}

/**
 * A kernel of a machine that takes one bar at a time; batch runs the same machine over the columns, so that both forms
 * agree to the bit by construction. Where speed matters, `batch` is given as well.
 */
export function kernelOf(start: (params: Params) => Machine, batch?: Kernel['batch']): Kernel {
  return {
    stream: (params) => streamOf(start(params)),
    batch: batch ?? ((params, columns, out, length) => runOver(start(params), columns, out, length)),
  };
}

function streamOf(machine: Machine): StreamState {
  return {
    step: machine.step,
    ...(machine.next ? { next: machine.next } : {}),
    save: () => machine.memory.flatMap((part) => Array.from(part)),
    restore: (saved) => {
      let at = 0;
      for (const part of machine.memory) {
        part.set(saved.slice(at, at + part.length));
        at += part.length;
      }
    },
  };
}

function runOver(
  { step, next }: Machine,
  columns: readonly Float64Array[],
  out: readonly Float64Array[],
  length: number,
): void {
  const [only] = out;
  if (next && only) return runNext(next, columns, only, length);
  const values = new Float64Array(columns.length);
  const results = new Float64Array(out.length);
  for (let bar = 0; bar < length; bar += 1) {
    for (let i = 0; i < columns.length; i += 1) values[i] = columns[i]?.[bar] ?? Number.NaN;
    step(values, results);
    for (let i = 0; i < out.length; i += 1) {
      const column = out[i];
      if (column) column[bar] = results[i] ?? Number.NaN;
    }
  }
}

/** With as many operands as there are: each that is handed over takes its time. */
function runNext(next: NextValue, [a, b, c, d]: readonly Float64Array[], out: Float64Array, length: number): void {
  if (!b)
    for (let bar = 0; bar < length; bar += 1)
      out[bar] = next(a?.[bar] ?? Number.NaN, Number.NaN, Number.NaN, Number.NaN);
  else if (!c)
    for (let bar = 0; bar < length; bar += 1)
      out[bar] = next(a?.[bar] ?? Number.NaN, b[bar] ?? Number.NaN, Number.NaN, Number.NaN);
  else
    for (let bar = 0; bar < length; bar += 1)
      out[bar] = next(a?.[bar] ?? Number.NaN, b[bar] ?? Number.NaN, c[bar] ?? Number.NaN, d?.[bar] ?? Number.NaN);
}

/** A machine of up to four columns and one output. */
export const machineOf = (memory: readonly Float64Array[], next: NextValue): Machine => ({
  memory,
  next,
  step: (values, out) => {
    out[0] = next(values[0] ?? Number.NaN, values[1] ?? Number.NaN, values[2] ?? Number.NaN, values[3] ?? Number.NaN);
  },
});

const NO_MEMORY: readonly Float64Array[] = [];

/** A kernel without memory: `f` of the values at the bar, and over columns `loop`, where that is worth its lines. */
export function pointwise(f: NextValue, loop?: Loop): Kernel {
  const batch: Kernel['batch'] | undefined =
    loop &&
    ((_params, [a, b = a, c = a], [out], length) => {
      if (out && a && b && c) loop(out, length, a, b, c);
    });
  return { ...kernelOf(() => machineOf(NO_MEMORY, f), batch), inPlace: true, reach: () => 0 };
}

/** The remainder, with the sign of `b`: times before 1970 are negative. */
export const wrap = (a: number, b: number): number => a - b * Math.floor(a / b);

/** A whole-number parameter. The checker has seen to its type and range. */
export const int = (params: Params, name: string): number => Number(params[name]);

/**
 * A computation on up to four columns, of which machines are built. `na` is as for a `Cell`, in whichever column it is.
 */
export interface BarCell {
  readonly memory: readonly Float64Array[];
  next(a: number, b: number, c: number, d: number): number;
}

/** A kernel of one such computation. */
export const barKernel = (start: (params: Params) => BarCell, batch?: Kernel['batch']): Kernel =>
  kernelOf((params) => {
    const cell = start(params);
    return machineOf(cell.memory, (a, b, c, d) => finite(cell.next(a, b, c, d)));
  }, batch);

/** A kernel of one cell over one series. */
export const cellKernel = (start: (params: Params) => Cell, batch?: Kernel['batch']): Kernel =>
  kernelOf((params) => {
    const cell = start(params);
    const next = (x: number): number => finite(cell.next(x));
    // A machine of one column looks for no other: three looks at each bar take a quarter of the time of an average.
    return {
      memory: cell.memory,
      next,
      step: (values, out) => {
        out[0] = next(values[0] ?? Number.NaN);
      },
    };
  }, batch);
