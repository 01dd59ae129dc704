import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPlace, placeBetween, places } from './place-between.ts';

describe('placeBetween', () => {
  it('lies strictly between its neighbours, wherever people insert', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 200 }), (spots) => {
        const list: string[] = [];
        for (const spot of spots) {
          const at = spot % (list.length + 1);
          list.splice(at, 0, placeBetween(list[at - 1] ?? null, list[at] ?? null));
        }
        expect(list.every(isPlace)).toBe(true);
        expect(list.every((place, i) => i === 0 || (list[i - 1] ?? '') < place)).toBe(true);
      }),
    );
  });

  it('stays short where people write line after line', () => {
    expect(Math.max(...places(5000).map((place) => place.length))).toBeLessThanOrEqual(5);
    let first: string | null = null;
    for (let i = 0; i < 5000; i++) first = placeBetween(null, first);
    expect(first?.length).toBeLessThanOrEqual(5);
  });

  it('goes on past the ends of the counter', () => {
    expect(placeBetween('zzzzV', null) > 'zzzzV').toBe(true);
    expect(placeBetween(null, '0000V') < '0000V').toBe(true);
    expect(placeBetween(null, '00000001') < '00000001').toBe(true);
  });
});
