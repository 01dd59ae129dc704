import { afterAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { FIRST_EPOCH } from '#collab/epoch.ts';
import { fillDocument } from '#collab/fill.ts';
import { DEFAULT_SETTINGS } from '#core/engine/outcome/settings.ts';
import { toJson } from '#core/formula/json/json.ts';
import { parse } from '#core/formula/language/parse.ts';
import { print } from '#core/formula/language/print.ts';
import type { Formula } from '#core/formula/model/formula.ts';
import { writeHistory } from '#core/history/history-file.ts';
import { idOf } from '#core/requests/ids.ts';
import { LARGE as LARGE_TASK, sizeOfTask, type FormulaTaskKind, type FormulaTasks } from './formula/formula-tasks.ts';
import { askHere, createFormulaThreads } from './formula-threads.ts';

const log = { error: () => undefined };
const threads = createFormulaThreads(log, 0);
afterAll(() => threads.close());

const known = new Map<number, Formula>();
/** A formula of about so many nodes. */
function formulaOf(nodes: number): Formula {
  const formula = known.get(nodes) ?? parsed(nodes);
  known.set(nodes, formula);
  return formula;
}
const parsed = (nodes: number): Formula =>
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

/** Turns that others have while `work` goes on. */
async function turnsDuring(work: () => Promise<unknown>): Promise<number> {
  let [turns, isOver] = [0, false];
  const others = (): unknown => isOver || setImmediate(() => ((turns += 1), others()));
  others();
  await work();
  isOver = true;
  return turns;
}

const FORMULA = idOf('formula', 'f');
/** As few as make a document, code and JSON that count as large. */
const LARGE_NODES = 800;

/** Of each kind one that is large. */
const LARGE: { readonly [Kind in FormulaTaskKind]: () => FormulaTasks[Kind]['task'] } = {
  draft: () => ({ updates: updatesOf(LARGE_NODES) }),
  ofText: () => ({ formulaId: FORMULA, title: 'T', text: print(formulaOf(LARGE_NODES)) }),
  ofFile: () => ({ formulaId: FORMULA, title: 'T', text: toJson(formulaOf(LARGE_NODES)) }),
  copy: () => ({ formulaId: FORMULA, title: 'T', updates: updatesOf(LARGE_NODES) }),
  restore: () => ({ updates: updatesOf(LARGE_NODES), then: updatesOf(LARGE_NODES - 20)[0] ?? Uint8Array.of() }),
  merge: () => ({
    updates: updatesOf(LARGE_NODES),
    base: toJson(formulaOf(LARGE_NODES)),
    theirs: toJson(formulaOf(LARGE_NODES - 20)),
    chosen: 'peaceful',
    undone: [],
  }),
  toHistory: () => ({
    name: 'T',
    tags: [],
    origin: null,
    versions: [
      { number: 1, name: '', message: '', author: 'A', at: 0, tags: [], json: toJson(formulaOf(LARGE_NODES)) },
    ],
    draftJson: toJson(formulaOf(LARGE_NODES)),
    omitted: 0,
  }),
  ofHistory: () => ({
    formulaId: FORMULA,
    text:
      writeHistory({ name: 'T', tags: [], origin: null, versions: [], draft: formulaOf(LARGE_NODES), omitted: 0 }) ??
      '',
  }),
  compact: () => ({ updates: updatesOf(LARGE_NODES) }),
  rebase: () => ({ updates: updatesOf(LARGE_NODES), formulaId: FORMULA, epoch: 2 }),
  node: () => ({ updates: updatesOf(LARGE_NODES), nodeId: 'n3' }),
  readable: () => ({ updates: updatesOf(LARGE_NODES), hasSnapshot: false }),
  mend: () => ({
    updates: updatesOf(LARGE_NODES),
    hasSnapshot: false,
    formulaId: FORMULA,
    title: 'T',
    epoch: 2,
    json: null,
  }),
  isSound: () => ({ json: toJson(formulaOf(LARGE_NODES)) }),
  runnable: () => ({
    updates: updatesOf(LARGE_NODES),
    inputs: [],
    costs: { candidates: 1, bars: 1_000 },
    warn: true,
  }),
  cost: () => ({ json: toJson(formulaOf(LARGE_NODES)), costs: { candidates: 1, bars: 1_000 } }),
  changes: () => ({ before: null, json: toJson(formulaOf(LARGE_NODES)) }),
  feeds: () => ({ json: toJson(formulaOf(LARGE_NODES)) }),
  bot: () => program(LARGE_NODES),
  behaviour: () => {
    const signals = JSON.stringify(Array.from({ length: 50_000 }, () => ({ bar: 1, kind: 'info', note: 'n' })));
    const result = { trades: '[]', signals, equity: Float64Array.of(1, 1) };
    return { first: result, second: result, barTimes: Float64Array.of(0, 1), mostPoints: 2, mostShown: 1 };
  },
};
const KINDS = Object.keys(LARGE).filter((name): name is FormulaTaskKind => name in LARGE);

test.each(KINDS)(
  '%s: the thread that answers everybody is free meanwhile, and a large one goes to the other',
  async (kind) => {
    const task = LARGE[kind]();
    await threads.ask('warm', 'bot', program(60));
    // Whatever is done here leaves nobody a turn in between.
    expect(await turnsDuring(() => askHere('hostile', kind, task))).toBeLessThanOrEqual(1);
    // Each answer from a thread comes in a turn of its own, however fast the thread is.
    const thrice = async (): Promise<void> => {
      for (let ask = 0; ask < 3; ask += 1) await threads.ask('hostile', kind, task);
    };
    expect(await turnsDuring(thrice)).toBeGreaterThan(2);
    expect(sizeOfTask(task)).toBeGreaterThan(LARGE_TASK);
  },
);

test('what calls functions goes to the thread, however little is written: written out it is as large as any', () => {
  const code = 'fn f(p) = sma(p, 3)\n\nbuy(when: f(close) > open)\n';
  const { formula } = parse(code);
  const doc = new Y.Doc();
  fillDocument(doc, formula, 'Small', FIRST_EPOCH);
  const updates = [Y.encodeStateAsUpdate(doc)];
  const about = { formulaId: 'f', title: 'T' };
  for (const task of [
    { updates },
    { ...about, text: code },
    { json: toJson(formula) },
    { updates: [], then: updates[0] },
  ])
    expect(sizeOfTask(task as FormulaTasks['draft']['task'])).toBeGreaterThanOrEqual(LARGE_TASK);
  expect(sizeOfTask({ updates: updatesOf(60) })).toBeLessThan(LARGE_TASK);
});

test('what can not be made is refused in a thread as it is here', async () => {
  const written = { formulaId: FORMULA, title: 'T', text: 'line = = 1\n' };
  for (const ask of [threads.ask, askHere]) {
    await expect(ask('a', 'ofText', written)).rejects.toMatchObject({ code: 'FORMULA_INVALID' });
    await expect(ask('a', 'ofFile', written)).rejects.toMatchObject({
      details: { problemCount: expect.any(Number) as unknown },
    });
    expect(await ask('a', 'node', { updates: updatesOf(60), nodeId: 'nobody' })).toBeNull();
    expect(await ask('a', 'readable', { updates: updatesOf(60), hasSnapshot: true })).toBeNull();
  }
});
