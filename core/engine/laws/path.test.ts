import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SCALE } from '#core/formula/testing/scale.ts';
import { arbitraryBars, barsFrom } from '../testing/bars.ts';
import { tradeBars } from '../testing/trade-rows.ts';
import { whyNoPath } from '../testing/why-no-path.ts';

/** `npm run test:long` runs so many times as many cases. */

const levels = (side: 1 | -1, name: 'stop' | 'target' | 'trail'): fc.Arbitrary<string> =>
  fc.oneof(
    fc.constant(''),
    fc.constantFrom(1, 3, 8).map((percent) => `, ${name}: ${percent}%`),
    fc
      .tuple(fc.constantFrom('close', 'low', 'high'), fc.constantFrom(-6, -2, 1, 5))
      .map(([column, distance]) => `, ${name}: ${column} ${side * distance < 0 ? '-' : '+'} ${Math.abs(distance)}`),
  );

const entryOf = (kind: 'buy' | 'short', limit: string): fc.Arbitrary<string> => {
  const side = kind === 'buy' ? 1 : -1;
  return fc
    .tuple(
      fc.integer({ min: 1, max: 6 }),
      fc.nat(5),
      levels(side, 'stop'),
      levels(side, 'target'),
      levels(side, 'trail'),
      fc.constantFrom(1, 3),
    )
    .map(
      ([every, first, stop, target, trail, size]) =>
        `${kind}(when: mod(barIndex, ${every}) == ${first % every}, size: free(${size * 30}%)${limit}${stop}${target}${trail})`,
    );
};

/** Entries that wait for a limit, on one side, or market orders on both. */
const strategies = fc.oneof(
  fc
    .tuple(fc.constantFrom('buy' as const, 'short' as const), fc.constantFrom(1, 2, 5))
    .chain(([kind, percent]) => entryOf(kind, `, limit: ${percent}%`))
    .map((code) => ({ code, byLimit: true })),
  fc
    .tuple(entryOf('buy', ''), entryOf('short', ''))
    .map(([long, short]) => ({ code: `${long}\n${short}\nsell(when: mod(barIndex, 5) == 2)`, byLimit: false })),
);

test(
  'every fill lies within its bar, and a way through each bar makes all of its fills and excursions',
  () => {
    const wild = fc.boolean().chain((isWild) => arbitraryBars(60, isWild));
    fc.assert(
      fc.property(
        strategies,
        wild,
        fc.constantFrom('open' as const, 'close' as const),
        fc.constantFrom(1, 6),
        ({ code, byLimit }, bars, fill, leverage) => {
          const { trades } = tradeBars(code, bars, { fill, leverage, closeAtEnd: false });
          expect(whyNoPath({ bars, trades, byLimit, fill })).toBeNull();
        },
      ),
      { numRuns: 400 * SCALE },
    );
  },
  60_000 * SCALE,
);

test('the test knows what can not be', () => {
  const bars = barsFrom([
    [100, 100, 100, 100],
    [100, 101, 89, 92],
    [92, 92, 92, 92],
  ]);
  const [trade] = tradeBars('buy(when: barIndex == 0, limit: 90)', bars).trades;
  if (!trade) throw new Error('nothing was traded');
  const ask = (other: Partial<typeof trade>): string | null =>
    whyNoPath({ bars, trades: [{ ...trade, ...other }], byLimit: true, fill: 'open' });
  expect(ask({})).toBeNull();
  expect(ask({ exitBar: 1, exitPrice: 120, reason: 'stop' })).toContain('was not traded');
  expect(ask({ exitBar: 1, exitPrice: 85, reason: 'target' })).toContain('was not traded');
  expect(ask({ exitBar: 1, exitPrice: 91, mae: 0, mfe: 1 / 90, reason: 'trail' })).toContain('has won');
  expect(ask({ mfe: 11 / 90 })).toContain('before its fill');
  expect(ask({ mae: 0 })).toContain('no place for its low');
});
