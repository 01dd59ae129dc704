import { describe, expect, test } from 'vitest';
import { parse } from '#core/formula/language/parse.ts';
import type { Frame } from '#core/formula/model/annotations.ts';
import { around, boxesOf, type Placed } from '../boxes.ts';
import { nearOf } from '../near.ts';
import { placeMissing } from '../place-missing.ts';
import { areaAround, drawnArea, foldedNodes, membersOf, wiresOfFolds } from './folds.ts';

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
