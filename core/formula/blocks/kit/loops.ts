import { finite } from './finite.ts';

/** A pointwise kernel over whole columns. */
export type Loop = (out: Float64Array, length: number, a: Float64Array, b: Float64Array, c: Float64Array) => void;

/**
 * The loops of the blocks that formulas have most of. They are written out one by one: a loop that calls a function
 * which it was given costs ten times as much, since the numbers that it hands over then go through memory.
 */
export const addLoop: Loop = (out, length, xs, ys) => {
  for (let bar = 0; bar < length; bar += 1) {
    const a = xs[bar] ?? Number.NaN;
    const b = ys[bar] ?? Number.NaN;
    out[bar] = finite(a + b);
  }
};

export const subLoop: Loop = (out, length, xs, ys) => {
  for (let bar = 0; bar < length; bar += 1) {
    const a = xs[bar] ?? Number.NaN;
    const b = ys[bar] ?? Number.NaN;
    out[bar] = finite(a - b);
  }
};

export const mulLoop: Loop = (out, length, xs, ys) => {
  for (let bar = 0; bar < length; bar += 1) {
    const a = xs[bar] ?? Number.NaN;
    const b = ys[bar] ?? Number.NaN;
    out[bar] = finite(a * b);
  }
};

export const divLoop: Loop = (out, length, xs, ys) => {
  for (let bar = 0; bar < length; bar += 1) {
    const a = xs[bar] ?? Number.NaN;
    const b = ys[bar] ?? Number.NaN;
    out[bar] = finite(a / b);
  }
};

export const gtLoop: Loop = (out, length, xs, ys) => {
  for (let bar = 0; bar < length; bar += 1) {
    const a = xs[bar] ?? Number.NaN;
    const b = ys[bar] ?? Number.NaN;
    out[bar] = a > b ? 1 : 0;
  }
};

export const gteLoop: Loop = (out, length, xs, ys) => {
  for (let bar = 0; bar < length; bar += 1) {
    const a = xs[bar] ?? Number.NaN;
    const b = ys[bar] ?? Number.NaN;
    out[bar] = a >= b ? 1 : 0;
  }
};

export const ltLoop: Loop = (out, length, xs, ys) => {
  for (let bar = 0; bar < length; bar += 1) {
    const a = xs[bar] ?? Number.NaN;
    const b = ys[bar] ?? Number.NaN;
    out[bar] = a < b ? 1 : 0;
  }
};

export const lteLoop: Loop = (out, length, xs, ys) => {
  for (let bar = 0; bar < length; bar += 1) {
    const a = xs[bar] ?? Number.NaN;
    const b = ys[bar] ?? Number.NaN;
    out[bar] = a <= b ? 1 : 0;
  }
};

export const andLoop: Loop = (out, length, xs, ys) => {
  for (let bar = 0; bar < length; bar += 1) {
    const a = xs[bar] ?? Number.NaN;
    const b = ys[bar] ?? Number.NaN;
    out[bar] = a === 1 && b === 1 ? 1 : 0;
  }
};

export const orLoop: Loop = (out, length, xs, ys) => {
  for (let bar = 0; bar < length; bar += 1) {
    const a = xs[bar] ?? Number.NaN;
    const b = ys[bar] ?? Number.NaN;
    out[bar] = a === 1 || b === 1 ? 1 : 0;
  }
};

export const notLoop: Loop = (out, length, xs) => {
  for (let bar = 0; bar < length; bar += 1) {
    const a = xs[bar] ?? Number.NaN;
    out[bar] = a === 1 ? 0 : 1;
  }
};

export const whereLoop: Loop = (out, length, xs, ys, zs) => {
  for (let bar = 0; bar < length; bar += 1) {
    const a = xs[bar] ?? Number.NaN;
    const b = ys[bar] ?? Number.NaN;
    const c = zs[bar] ?? Number.NaN;
    out[bar] = a === 1 ? b : c;
  }
};
