import { describe, expect, test } from 'vitest';
import { parse } from '#core/formula/language/parse.ts';
import type { Frame } from '#core/formula/model/annotations.ts';
import { around, boxesOf, type Placed } from '../boxes.ts';
import { nearOf } from '../near.ts';
import { placeMissing } from '../place-missing.ts';
import { scopeView } from '../scope-view.ts';
import { areaAround, drawnArea, foldedNodes, membersOf, wiresOfFolds } from './folds.ts';
import { shiftedBy, takenAlong } from './taken-along.ts';

const { formula } = parse('fast = sma(close, 10)\nslow = ema(close, 40)\nbuy(when: fast > slow)\n');
const idOf = (name: string): string =>
  Object.entries(formula.nodes).find(([, node]) => node.name === name || node.block === name)?.[0] ?? '';
const places = placeMissing(formula);
const [fast, slow] = [idOf('fast'), idOf('slow')];

function withFrame(change: Partial<Frame> = {}): Placed & { readonly frame: Frame } {
  const box = around(boxesOf({ formula, places }, [fast, slow]));
  if (!box) throw new Error('nothing is placed');
  const frame: Frame = { ...areaAround(box), title: 'Lines', color: 'blue', ...change };
  return { formula: { ...formula, frames: { f: frame } }, places, frame };
}
const EVERYWHERE = { x: -1e5, y: -1e5, width: 2e5, height: 2e5 };

describe('frames', () => {
  test('a frame around nodes has them as its members, and no others', () => {
    const { frame, ...placed } = withFrame();
    expect([...membersOf(placed, frame)].sort()).toEqual([fast, slow].sort());
  });

  test('what is folded away is not drawn, nor are its wires; those across the frame end at the frame', () => {
    const { frame, ...placed } = withFrame({ folded: [fast, slow, 'gone'] });
    const folded = foldedNodes(placed.formula);
    expect([...folded.keys()].sort()).toEqual([fast, slow].sort());
    const near = nearOf(placed, { window: EVERYWHERE, kept: new Set([fast]), level: 'fields', folded });
    expect(near.nodes).not.toContain(fast);
    expect(near.wires.some(({ node }) => folded.has(node))).toBe(false);
    expect(near.nodes).toHaveLength(Object.keys(formula.nodes).length - 2);
    // close → fast, close → slow, fast → gt, slow → gt
    expect(wiresOfFolds(placed, folded).match(/M/g)).toHaveLength(4);
    expect(wiresOfFolds(placed, folded)).toContain(`M${frame.x + drawnArea(frame).width},`);
  });

  test('what is put there while a frame is folded is not folded away', () => {
    const { frame, ...placed } = withFrame({ folded: [fast] });
    expect(membersOf(placed, frame)).toEqual([fast]);
    expect(foldedNodes(placed.formula).has(slow)).toBe(false);
  });
});

describe('frames and notes that go with nodes', () => {
  const note = { x: 0, y: 0, width: 20, height: 20, text: 'why', color: 'yellow' } as const;
  const with2 = () => {
    const { frame, ...placed } = withFrame();
    const inside = { ...note, x: frame.x + 4, y: frame.y + 4 };
    const outside = { ...note, x: frame.x - 500 };
    return { ...placed, formula: { ...placed.formula, notes: { inside, outside } } };
  };

  test('a frame goes with all of its nodes, and the notes that it covers; with some of them it stays', () => {
    const all = takenAlong(with2(), new Set([fast, slow]));
    expect([Object.keys(all.frames), Object.keys(all.notes)]).toEqual([['f'], ['inside']]);
    expect(takenAlong(with2(), new Set([fast])).frames).toEqual({});
    expect(Object.keys(takenAlong(with2(), new Set(), 'outside').notes)).toEqual(['outside']);
    expect(shiftedBy(all, { x: 3, y: 4 }).notes['inside']?.y).toBe((all.notes['inside']?.y ?? 0) + 4);
  });

  test('those of a function are drawn with the function, and with the strategy once it is gone', () => {
    const withFn = parse('fn f(a) = sma(a, 3)\nbuy(when: f(close) > 1)\n').formula;
    const fn = Object.keys(withFn.nodes).find((id) => withFn.nodes[id]?.block === 'fn') ?? '';
    const noted = { ...withFn, notes: { own: { ...note, in: fn }, strategy: note, lost: { ...note, in: 'gone' } } };
    expect(Object.keys(scopeView(noted, null).notes ?? {})).toEqual(['strategy', 'lost']);
    expect(Object.keys(scopeView(noted, fn).notes ?? {})).toEqual(['own']);
  });
});
