import fc from 'fast-check';
import type { Settings } from '../outcome/settings.ts';

/** Settings of all kinds of costs and fills, in one of these lots. */
export const arbitrarySettings = (lots: readonly number[]): fc.Arbitrary<Settings> =>
  fc.record({
    cash: fc.constantFrom(10_000, 777),
    commission: fc.constantFrom(0, 0.001, 0.05),
    commissionFixed: fc.constantFrom(0, 1),
    commissionMinimum: fc.constantFrom(0, 5),
    slippage: fc.constantFrom(0, 0.001),
    lot: fc.constantFrom(...lots),
    leverage: fc.constantFrom(1, 3, 30),
    fill: fc.constantFrom('open', 'close'),
    closeAtEnd: fc.boolean(),
    short: fc.boolean(),
  });
