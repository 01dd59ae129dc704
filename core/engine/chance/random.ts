/** Numbers that look random, the same ones for the same seed. */
export interface Random {
  /** A whole number from 0 up to but without `bound`, each as likely as any other; `bound` up to 2^53. */
  below(bound: number): number;
  /** From 0 up to but without 1. */
  next(): number;
}

/** xoshiro128** of Blackman and Vigna, its state filled by splitmix32. */
export function randomOf(seed: number): Random {
  let filler = (seed ^ Math.floor(seed / 2 ** 32)) >>> 0;
  const fill = (): number => {
    filler = (filler + 0x9e3779b9) >>> 0;
    let mixed = filler ^ (filler >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
  let [a, b, c, d] = [fill(), fill(), fill(), fill()];
  const bits32 = (): number => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotate(d, 11);
    return result;
  };
  // 53 bits, as many as a fraction holds.
  const next = (): number => ((bits32() >>> 5) * 2 ** 26 + (bits32() >>> 6)) / 2 ** 53;
  return { next, below: (bound) => Math.floor(next() * bound) };
}

const rotate = (value: number, by: number): number => (value << by) | (value >>> (32 - by));
