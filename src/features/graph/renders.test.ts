// @vitest-environment happy-dom
import { ReactFlowProvider } from '@xyflow/react';
import { createElement, useSyncExternalStore } from 'react';
import { expect, test } from 'vitest';
import { createEmitter } from '#core/emitter/emitter.ts';
import { applyEdits } from '#core/formula/change/apply-edits.ts';
import { check } from '#core/formula/check/check.ts';
import { parse } from '#core/formula/language/parse.ts';
import type { Edit } from '#core/formula/model/edit.ts';
import type { Formula } from '#core/formula/model/formula.ts';
import { TooltipProvider } from '#ui/feedback/tooltip.tsx';
import { mount, sumOf } from '#ui/testing/mount.ts';
import { NO_FIELD_TEXTS } from './field-texts.ts';
import { FormulaGraph } from './formula-graph.tsx';

/** A store as the builder has one: a new formula after each edit, its unchanged nodes the same objects. */
function storeOf(first: Formula) {
  const changed = createEmitter<void>();
  let state = { formula: first, checked: check(first), selection: new Set<string>() };
  const set = (change: Partial<typeof state>): void => {
    state = { ...state, ...change };
    changed.emit();
  };
  return {
    read: () => state,
    subscribe: changed.subscribe,
    edit: (edits: readonly Edit[]) => {
      const formula = applyEdits(state.formula, edits);
      set({ formula, checked: check(formula) });
    },
    select: (ids: readonly string[]) => set({ selection: new Set(ids) }),
  };
}

/** A formula of `count` nodes, all of them in sight, each reading the one before it. */
function chain(count: number): Formula {
  const lines = Array.from({ length: count - 1 }, (_, index) =>
    index === 0 ? 'a0 = sma(close, 5)' : `a${index} = sma(a${index - 1}, 5)`,
  );
  const { formula } = parse(lines.join('\n'));
  const ids = Object.keys(formula.nodes);
  return {
    ...formula,
    layout: Object.fromEntries(ids.map((id, index) => [id, { x: (index % 25) * 50, y: Math.floor(index / 25) * 40 }])),
  };
}

async function draw(count: number) {
  const store = storeOf(chain(count));
  const ignore = () => undefined;
  const gestures = { edit: store.edit, drag: ignore, copy: ignore, pick: ignore, enter: ignore, texts: NO_FIELD_TEXTS };
  const Graph = () =>
    createElement(FormulaGraph, { ...useSyncExternalStore(store.subscribe, store.read), gestures, onSelect: ignore });
  const page = await mount(
    createElement(TooltipProvider, null, createElement(ReactFlowProvider, null, createElement(Graph))),
  );
  return { store, ...page };
}

/** How often anything is rendered for what a person does, in a formula of so many nodes. */
async function count(nodes: number) {
  const { store, renders, element, unmount } = await draw(nodes);
  const drawn = element.querySelectorAll('.react-flow__node').length;
  const id = Object.keys(store.read().formula.nodes)[3] ?? '';
  const typed = await renders(() => store.edit([{ type: 'setArg', id, port: 'timePeriod', arg: 7 }]));
  const selected = await renders(() => store.select([id]));
  const moved = await renders(() => store.edit([{ type: 'moveNode', id, at: { x: 400, y: 300 } }]));
  await unmount();
  return { drawn, typed, selected, moved };
}

test('a keystroke, a click and a move render as much in a large formula as in a small one', async () => {
  const [small, large] = [await count(20), await count(200)];
  expect([small.drawn, large.drawn]).toEqual([20, 200]);
  expect(small.typed.get('BlockNode')).toBe(1);
  for (const what of ['typed', 'selected', 'moved'] as const) {
    expect(large[what], what).toEqual(small[what]);
    expect(sumOf(large[what]), what).toBeLessThan(200);
  }
});
