import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ConnectionRates } from './connection-rates.ts';

const RATE = { perSecond: 10, atOnce: 50 };

test('an address opens no more than its rate, whatever the order, and takes nothing from another', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ after: fc.integer({ min: 0, max: 400 }), flood: fc.boolean() }), { maxLength: 400 }),
      (steps) => {
        const rates = new ConnectionRates(RATE, { perSecond: 1, atOnce: 2 });
        let [now, opened, honest] = [0, 0, 0];
        for (const { after, flood } of steps) {
          now += after;
          if (flood && rates.count('flood', now) === 'open') opened += 1;
          // Never more at once than may be.
          else if (!flood && honest < RATE.atOnce) {
            expect(rates.count('honest', now)).toBe('open');
            honest += 1;
          }
        }
        expect(opened).toBeLessThanOrEqual(RATE.atOnce + (now / 1000) * RATE.perSecond + 1);
      },
    ),
  );
});

test('a few of those that come too often are told so, and whoever stays away is forgotten', () => {
  const rates = new ConnectionRates(RATE, { perSecond: 1, atOnce: 2 });
  const said = Array.from({ length: 100 }, () => rates.count('flood', 0));
  expect(said.filter((one) => one === 'open')).toHaveLength(50);
  expect(said.filter((one) => one === 'tell')).toHaveLength(2);
  rates.forget(1_000);
  expect(rates.size).toBe(1);
  rates.forget(60_000);
  expect(rates.size).toBe(0);
  expect(rates.count('flood', 60_000)).toBe('open');
});
