import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { pack, unpack } from '#core/engine/stream/pack-numbers.ts';
import { bytesOf, columnOf, definedOf, finiteOf } from './numbers.ts';

const ODD = [NaN, Infinity, -Infinity, -0, 0, Number.MIN_VALUE, Number.MAX_VALUE, 2 ** -1074, 0.1 + 0.2];
const number = fc.oneof(fc.double(), fc.constantFrom(...ODD));

test('a column comes back to the bit, at whatever offset its bytes lie', () => {
  fc.assert(
    fc.property(fc.array(number), fc.nat(9), (values, offset) => {
      const bytes = bytesOf(Float64Array.from(values));
      const driver = new Uint8Array(offset + bytes.length + 3);
      driver.set(bytes, offset);
      const back = columnOf(driver.subarray(offset, offset + bytes.length));
      expect([...back].every((value, at) => Object.is(value, values[at]))).toBe(true);
      expect(back).toHaveLength(values.length);
    }),
  );
});

test('a part of a column is kept as the part, and not as its whole buffer', () => {
  const column = Float64Array.of(1, NaN, 3, -0);
  expect(columnOf(bytesOf(column.subarray(1, 3)))).toEqual(Float64Array.of(NaN, 3));
});

test('bytes are little-endian, whoever reads them', () => {
  expect([...bytesOf(Float64Array.of(1))]).toEqual([0, 0, 0, 0, 0, 0, 0xf0, 0x3f]);
});

test('figures by name come back from JSON without those that are not defined', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), number), (figures) => {
      const back = JSON.parse(JSON.stringify(definedOf(figures))) as Record<string, number>;
      const defined = Object.entries(figures).filter(([, value]) => Number.isFinite(value));
      expect(new Map(Object.entries(back))).toEqual(new Map(defined.map(([key, value]) => [key, value + 0])));
    }),
  );
});

test('one figure comes back from JSON, or null where it is not defined', () => {
  fc.assert(
    fc.property(number, (figure) => {
      const back = JSON.parse(JSON.stringify(finiteOf(figure))) as number | null;
      expect(back).toBe(Number.isFinite(figure) ? figure + 0 : null);
    }),
  );
});

test('the state of a runner comes back to the bit', () => {
  fc.assert(
    fc.property(fc.array(number), (values) => {
      const back = unpack<number[]>(pack(values));
      expect(back.every((value, at) => Object.is(value, values[at]))).toBe(true);
      expect(back).toHaveLength(values.length);
    }),
  );
});
