import { describe, expect, test } from 'vitest';
import { applyEdits } from '#core/formula/change/apply-edits.ts';
import { parse } from '#core/formula/language/parse.ts';
import type { Formula } from '#core/formula/model/formula.ts';
import { bendsIn } from '../bends-in.ts';
import { placeMissing } from '../place-missing.ts';
import { scopeView } from '../scope-view.ts';
import { pointsOf, wireIn } from '../wire-path.ts';
import { bendsEdit, carriedBends, straightenedAmong, withBend } from './bend-wire.ts';
import { linesOf, wireNear } from './wires-at.ts';

const CODE = 'line = sma(close, 10)\na = close > line\nb = close > 5\nup = a and b and close > 7\nbuy(when: up)\n';
const WHOLE = parse(CODE).formula;

function placedOf(whole: Formula) {
  const formula = scopeView(whole, null);
  return { formula, places: placeMissing(formula) };
}
const idOf = (name: string): string => Object.entries(WHOLE.nodes).find(([, node]) => node.name === name)?.[0] ?? '';
const WIRE = { node: idOf('a'), port: 'b' };

describe('leading wires', () => {
  test('a new point stands where the wire was pressed, or in its middle, between its neighbours', () => {
    const placed = placedOf(WHOLE);
    const before = wireIn(placed, WIRE)?.flatMap(pointsOf) ?? [];
    const at = before[4] ?? { x: 0, y: 0 };
    const first = withBend(placed, WIRE, at);
    const led = placedOf(applyEdits(WHOLE, first ? [first.edit] : []));
    expect(bendsIn(led.formula, WIRE)).toEqual([{ x: Math.round(at.x), y: Math.round(at.y) }]);
    const second = withBend(led, WIRE, null);
    expect(second?.index).toBe(1);
    const twice = placedOf(applyEdits(led.formula, second ? [second.edit] : []));
    expect(bendsIn(twice.formula, WIRE)).toHaveLength(2);
  });

  test('the wire passes through its points, and is found there', () => {
    const way = { x: 700, y: 900 };
    const placed = placedOf(applyEdits(WHOLE, [bendsEdit(WIRE, [way])]));
    const [one, two] = wireIn(placed, WIRE) ?? [];
    expect([one?.[3], two?.[0]]).toEqual([way, way]);
    expect(wireNear(linesOf(placed), way, 3)).toEqual(WIRE);
  });

  test('a wire into a chain that is drawn as one node is led, too', () => {
    const placed = placedOf(WHOLE);
    const node = placed.formula.nodes[idOf('up')];
    const wires = Object.keys(node?.args ?? {}).map((port) => ({ node: idOf('up'), port }));
    expect(wires).toHaveLength(3);
    for (const wire of wires) {
      const bent = withBend(placed, wire);
      const led = placedOf(applyEdits(WHOLE, bent ? [bent.edit] : []));
      expect(bendsIn(led.formula, wire)).toHaveLength(1);
    }
  });

  test('points go along where both ends are moved by the same way, and alone then', () => {
    const placed = placedOf(applyEdits(WHOLE, [bendsEdit(WIRE, [{ x: 5, y: 6 }])]));
    const to = (name: string, x: number) => {
      const at = placed.places.get(idOf(name)) ?? { x: 0, y: 0 };
      return [idOf(name), { x: at.x + x, y: at.y }] as const;
    };
    expect(carriedBends(placed, new Map([to('a', 10), to('line', 10)]))).toEqual([bendsEdit(WIRE, [{ x: 15, y: 6 }])]);
    expect(carriedBends(placed, new Map([to('a', 10), to('line', 11)]))).toEqual([]);
    expect(carriedBends(placed, new Map([to('a', 10)]))).toEqual([]);
    expect(straightenedAmong(placed, new Set([idOf('a'), idOf('line')]))).toEqual([bendsEdit(WIRE, [])]);
    expect(straightenedAmong(placed, new Set([idOf('a')]))).toEqual([]);
  });
});
