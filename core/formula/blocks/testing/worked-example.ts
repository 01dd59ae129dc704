import { isSeriesPort } from '../../facts/constants.ts';
import type { BarSource, KernelBlock } from '../../model/block.ts';

/**
 * Columns by the name of their port or price, parameters by the name of their port. Conditions are 0 and 1, `na` is
 * NaN.
 */
export type Given = Readonly<Record<string, readonly number[] | number | string>>;

/** A block worked by hand: what it gives, or by name what each of its outputs gives. */
export interface Example {
  readonly given: Given;
  readonly gives: readonly number[] | Readonly<Record<string, readonly number[]>>;
}

export type Examples = Readonly<Record<string, readonly Example[]>>;

/** na */
export const _ = Number.NaN;

/** What a block gives for columns written out, by output. */
export function valuesOf(block: KernelBlock, given: Given): Record<string, number[]> {
  const names: readonly (BarSource | string)[] = [
    ...(block.reads ?? []),
    ...block.inputs.filter(({ type }) => isSeriesPort(type)).map(({ name }) => name),
  ];
  const length = Math.max(...Object.values(given).map((value) => (Array.isArray(value) ? value.length : 0)));
  const columns = names.map((name) => {
    const value = given[name === 'date' ? 'time' : name] ?? block.inputs.find((port) => port.name === name)?.default;
    return Array.isArray(value)
      ? Float64Array.from(value)
      : new Float64Array(length).fill(typeof value === 'number' ? value : _);
  });
  const params = Object.fromEntries(
    block.inputs
      .filter(({ type }) => !isSeriesPort(type))
      .map((port) => {
        const value = given[port.name];
        return [port.name, typeof value === 'number' || typeof value === 'string' ? value : (port.default ?? null)];
      }),
  );
  const out = block.outputs.map(() => new Float64Array(length));
  block.kernel.batch(params, columns, out, length);
  return Object.fromEntries(block.outputs.map(({ name }, index) => [name, Array.from(out[index] ?? [])]));
}
