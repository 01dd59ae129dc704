import { afterAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { FIRST_EPOCH } from '#collab/epoch.ts';
import { fillDocument } from '#collab/fill.ts';
import { DEFAULT_SETTINGS } from '#core/engine/outcome/settings.ts';
import { toJson } from '#core/formula/json/json.ts';
import { parse } from '#core/formula/language/parse.ts';
import { askHere, createFormulaThreads } from './formula-threads.ts';

const log = { error: () => undefined };
const threads = createFormulaThreads(log, 0);
afterAll(() => threads.close());

/** A formula of about so many nodes. */
const formulaOf = (nodes: number) =>
  parse(
    `${Array.from({ length: nodes / 2 - 1 }, (_, i) => `a${i} = sma(close, ${(i % 50) + 2}) > ${i}`).join('\n')}\nbuy(when: a0)\n`,
  ).formula;
function updatesOf(nodes: number): Uint8Array[] {
  const doc = new Y.Doc();
  fillDocument(doc, formulaOf(nodes), 'Large', FIRST_EPOCH);
  return [Y.encodeStateAsUpdate(doc)];
}
const program = (nodes: number) => ({
  json: toJson(formulaOf(nodes)),
  settings: DEFAULT_SETTINGS,
  own: { symbol: 'ABC', timeframe: '1d' as const },
  feeds: [],
});

test('a thread says what would be said here, and fails as it would here', async () => {
  const updates = updatesOf(60);
  const costs = { candidates: 1, bars: 1_000 };
  const { ask } = threads;
  expect(await ask('a', 'draft', { updates })).toEqual(await askHere('a', 'draft', { updates }));
  const wanted = { updates, inputs: [{ missing: 1 }], costs, warn: true };
  const there = await ask('a', 'runnable', wanted);
  expect(there).toEqual(await askHere('a', 'runnable', wanted));
  expect(there.wrong).toContain('missing');
  expect(await ask('a', 'bot', program(60))).toEqual(await askHere('a', 'bot', program(60)));
  const { json } = program(60);
  expect(await ask('a', 'cost', { json, costs })).toEqual(await askHere('a', 'cost', { json, costs }));
  expect(await ask('a', 'feeds', { json: json.replaceAll('close', 'closed') })).toEqual([]);

  for (const one of [ask, askHere]) {
    await expect(one('a', 'bot', { ...program(60), json: '{}' })).rejects.toMatchObject({
      name: 'AppError',
      code: 'FORMULA_INVALID',
      details: { diagnostics: expect.any(Array) as unknown },
    });
    await expect(one('a', 'draft', { updates: [Uint8Array.of(9, 9, 9)] })).rejects.toMatchObject({
      code: 'UNREADABLE',
    });
  }
});

test('whoever asks for the largest formulas again and again delays a neighbour by one of them', async () => {
  const [large, small] = [program(1_000), program(60)];
  await threads.ask('warm', 'bot', small);
  const ended: string[] = [];
  const hostile = Array.from({ length: 9 }, (_, i) =>
    threads.ask(`hostile ${i % 3}`, 'bot', large).then(() => ended.push('large')),
  );
  const honest = threads.ask('honest', 'bot', small).then(() => ended.push('small'));
  await Promise.all([...hostile, honest]);
  // One of each hostile organisation at the most: they began at the same time, with nothing served.
  expect(ended.indexOf('small')).toBeLessThanOrEqual(3);
});

test('the thread that answers everybody is free meanwhile', async () => {
  const updates = updatesOf(1_000);
  const wanted = { updates, inputs: [], costs: { candidates: 1, bars: 1_000 }, warn: true };
  /** Turns that others have while it is asked. */
  const turnsOf = async (ask: typeof askHere): Promise<number> => {
    let [turns, isOver] = [0, false];
    const others = (): unknown => isOver || setImmediate(() => ((turns += 1), others()));
    others();
    await ask('hostile', 'runnable', wanted);
    isOver = true;
    return turns;
  };
  expect(await turnsOf(askHere)).toBeLessThanOrEqual(1);
  expect(await turnsOf(threads.ask)).toBeGreaterThan(20);
});
