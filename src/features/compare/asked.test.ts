import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addressOf, readAsked, sideFrom } from './asked.ts';

test('an address says what it was made of, whatever is compared with what', () => {
  const side = fc.record({ formulaId: fc.uuid(), value: fc.oneof(fc.uuid(), fc.constant('draft')) });
  fc.assert(
    fc.property(side, side, (a, b) => {
      const asked = { from: sideFrom(a.formulaId, a.value), to: sideFrom(b.formulaId, b.value) };
      const { pathname, searchParams } = new URL(addressOf(asked), 'http://localhost');
      expect(readAsked(pathname.split('/')[2] ?? '', searchParams)).toEqual(asked);
    }),
  );
});

test('without a first side nothing is asked, without a second one the draft is', () => {
  expect(readAsked('f', new URLSearchParams())).toBeNull();
  expect(readAsked('f', new URLSearchParams({ from: 'v' }))?.to).toEqual({ kind: 'draft', formulaId: 'f' });
});
