import type { Fuse, FusedKernels } from '#core/engine/stream/fuse-kernels.ts';

/** `Fuse` of the server. */
export const fuse: Fuse = (parameters, body, values) => {
  const make = new Function(...parameters, `return (cells) => {\n${body}\n};`);
  const fused: unknown = make(...values);
  if (!isFused(fused)) throw new Error('the source is that of a function');
  return fused;
};

const isFused = (value: unknown): value is FusedKernels => typeof value === 'function';
