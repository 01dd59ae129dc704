import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { afterEvent, BEGINNING, TAKES, type OrderEvent, type OrderLife } from './order-life.ts';

const event: fc.Arbitrary<OrderEvent> = fc.oneof(
  fc.constantFrom<OrderEvent>({ type: 'sent' }, { type: 'accepted' }),
  fc.record({ type: fc.constant('filled' as const), units: fc.integer({ min: -9, max: 9 }), isDone: fc.boolean() }),
  fc.record({ type: fc.constantFrom('rejected', 'cancelled', 'expired'), why: fc.constant('') }),
);

test('the table of the README is the one that holds', () => {
  const readme = readFileSync(new URL('./README.md', import.meta.url), 'utf8');
  const table = /## The states of an order\n([^]*?)\n## /.exec(readme)?.[1] ?? '';
  const rows = [...table.matchAll(/^\| `([^`]+)` \| ([^|]*) \|/gm)].map(([, state = '', events = '']) => [
    state,
    [...events.matchAll(/`([^`]+)` →/g)].map(([, name]) => name),
  ]);
  expect(Object.fromEntries(rows)).toEqual(TAKES);
});

test('nothing fills before it is accepted, nor behind its end; what is filled is counted', () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 12 }), (events) => {
      let life: OrderLife = BEGINNING;
      let isAccepted = false;
      let hasEnded = false;
      let units = 0;
      for (const one of events) {
        const after: OrderLife | null = afterEvent(life, one);
        if (one.type === 'filled') expect(after !== null).toBe(isAccepted && !hasEnded);
        if (hasEnded) expect(after).toBeNull();
        if (!after) continue;
        if (one.type === 'accepted') isAccepted = true;
        if (one.type === 'filled') units += one.units;
        hasEnded = !['sent', 'working', 'partly filled'].includes(after.state);
        life = after;
      }
      expect('units' in life ? life.units : 0).toBe(units);
    }),
    { numRuns: 2000 },
  );
});
