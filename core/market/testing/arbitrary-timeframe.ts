import fc from 'fast-check';
import type { Timeframe } from '../bars.ts';
import { parseTimeframe } from '../timeframe.ts';

/** Any length of bars, from seconds to years, in its one form. */
export const arbitraryTimeframe: fc.Arbitrary<Timeframe> = fc
  .tuple(fc.integer({ min: 1, max: 72 }), fc.constantFrom('s', 'm', 'm', 'h', 'h', 'd', 'w', 'M'))
  .map(([count, unit]) => parseTimeframe(`${count}${unit}`) ?? '1d');
