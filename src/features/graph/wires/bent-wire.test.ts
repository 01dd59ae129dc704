// @vitest-environment happy-dom
import { ReactFlowProvider } from '@xyflow/react';
import { act, createElement, useSyncExternalStore } from 'react';
import { describe, expect, test } from 'vitest';
import { createEmitter } from '#core/emitter/emitter.ts';
import { applyEdits } from '#core/formula/change/apply-edits.ts';
import { check } from '#core/formula/check/check.ts';
import { parse } from '#core/formula/language/parse.ts';
import type { Edit } from '#core/formula/model/edit.ts';
import type { Point } from '#core/formula/model/formula.ts';
import { TooltipProvider } from '#ui/feedback/tooltip.tsx';
import { mount } from '#ui/testing/mount.ts';
import { NO_FIELD_TEXTS } from '../field-texts.ts';
import { FormulaGraph } from '../formula-graph.tsx';

const BARE = parse('line = sma(close, 10)\nup = close > line\n').formula;
const idOf = (name: string): string => Object.entries(BARE.nodes).find(([, node]) => node.name === name)?.[0] ?? '';
const KEY = `${idOf('up')}/b`;
const PLACED = {
  ...BARE,
  layout: Object.fromEntries(Object.keys(BARE.nodes).map((id, index) => [id, { x: index * 260, y: index * 10 }])),
};

/** The graph of a formula whose wire is led through these points, as somebody sees it who may edit or not. */
async function draw(bends: readonly Point[], canEdit = true) {
  let formula = applyEdits(PLACED, [{ type: 'setBends', id: KEY, bends }]);
  const steps: (object | undefined)[] = [];
  const changed = createEmitter<void>();
  const ignore = () => undefined;
  const edit = (edits: readonly Edit[], gesture?: object) => {
    formula = applyEdits(formula, edits);
    steps.push(gesture);
    changed.emit();
  };
  const gestures = { edit, drag: ignore, copy: ignore, pick: ignore, enter: ignore, texts: NO_FIELD_TEXTS };
  const selection = new Set<string>();
  const Graph = () => {
    const now = useSyncExternalStore(changed.subscribe, () => formula);
    return createElement(FormulaGraph, {
      formula: now,
      checked: check(now),
      selection,
      onSelect: ignore,
      ...(canEdit ? { gestures } : {}),
    });
  };
  const page = await mount(
    createElement(TooltipProvider, null, createElement(ReactFlowProvider, null, createElement(Graph))),
  );
  const fire = (target: Element | null, event: Event) => act(async () => void target?.dispatchEvent(event));
  return {
    ...page,
    steps,
    bends: () => formula.bends?.[KEY] ?? [],
    dots: () => [...document.querySelectorAll('.bend')],
    wire: () => document.querySelector(`[data-id="${KEY}"]`),
    fire,
    press: (target: Element | undefined, key: string) =>
      fire(target ?? null, new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })),
  };
}

const WAY = [
  { x: 300, y: 200 },
  { x: 420, y: 220 },
];

describe('the points of a wire on the canvas', () => {
  test('are drawn, named and reached by keys; the wire goes through them', async () => {
    const page = await draw(WAY);
    expect(page.dots().map((dot) => dot.getAttribute('transform'))).toEqual([
      'translate(300 200)',
      'translate(420 220)',
    ]);
    expect(page.dots().map((dot) => dot.getAttribute('tabindex'))).toEqual(['0', '0']);
    expect(page.wire()?.querySelector('.react-flow__edge-path')?.getAttribute('d')).toContain('300,200');
    await page.unmount();
  });

  test('arrows move one in one step of undo, Delete takes it away and leaves the wire', async () => {
    const page = await draw(WAY);
    await page.press(page.dots()[0], 'ArrowDown');
    await page.press(page.dots()[0], 'ArrowRight');
    expect(page.bends()).toEqual([{ x: 308, y: 208 }, WAY[1]]);
    expect(page.steps[0]).toBeDefined();
    expect(page.steps[1]).toBe(page.steps[0]);
    await page.press(page.dots()[0], 'Delete');
    expect(page.bends()).toEqual([WAY[1]]);
    expect(page.wire()).not.toBeNull();
    await page.unmount();
  });

  test('a click with Alt takes a point away, not the wire', async () => {
    const page = await draw(WAY);
    await page.fire(page.dots()[1] ?? null, new MouseEvent('click', { altKey: true, bubbles: true }));
    expect(page.bends()).toEqual([WAY[0]]);
    expect(page.wire()).not.toBeNull();
    await page.unmount();
  });

  test('a double click on the wire makes one more', async () => {
    const page = await draw(WAY);
    await page.fire(page.wire(), new MouseEvent('dblclick', { clientX: 360, clientY: 210, bubbles: true }));
    expect(page.bends()).toHaveLength(3);
    await page.fire(page.dots()[0] ?? null, new MouseEvent('dblclick', { bubbles: true }));
    expect(page.bends()).toHaveLength(3);
    await page.unmount();
  });

  test('whoever may not edit sees them, and can do nothing with them', async () => {
    const page = await draw(WAY, false);
    expect(page.dots().map((dot) => [dot.getAttribute('tabindex'), dot.getAttribute('aria-hidden')])).toEqual([
      [null, 'true'],
      [null, 'true'],
    ]);
    await page.unmount();
  });
});
