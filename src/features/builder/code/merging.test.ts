import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { fillDocument } from '#collab/fill.ts';
import { replicate, sync } from '#collab/testing/replicas.ts';
import { check } from '#core/formula/check/check.ts';
import { parse } from '#core/formula/language/parse.ts';
import { print } from '#core/formula/language/print.ts';
import { SCALE } from '#core/formula/testing/scale.ts';
import { openReplica, type Replica } from './testing/replica.ts';

const CODE = `input fast = 10 in 2..50
input slow = 20

fastLine = sma(close, fast)
slowLine = sma(close, slow)
strength = rsi(fastLine, 14 * 2)
spread = fastLine - slowLine

buy(when: crossover(fastLine, slowLine))
sell(when: crossunder(fastLine, slowLine))
`;

/** Two people with one text; `order` says whose client id is the greater. */
function two(order: 'first' | 'last', code = CODE): readonly [Replica, Replica] {
  const doc = new Y.Doc();
  doc.clientID = 1000;
  fillDocument(doc, parse(code).formula, 'test');
  const [a, b] = replicate(doc, 2);
  if (!a || !b) throw new Error('two replicas');
  [a.clientID, b.clientID] = order === 'last' ? [1, 2] : [2, 1];
  return [openReplica(a), openReplica(b)];
}

function replaceIn(replica: Replica, before: string, after: string): void {
  const at = replica.text().indexOf(before);
  if (at < 0) throw new Error(`There is no ${before} in:\n${replica.text()}`);
  replica.type(at, at + before.length, after);
}

function settleAll(replicas: readonly Replica[]): void {
  for (let round = 0; round < 4; round += 1) {
    for (const one of replicas) one.sync.read();
    for (const one of replicas) for (const other of replicas) if (one !== other) sync(one.doc, other.doc);
    for (const one of replicas) one.sync.follow();
  }
}

const statementsIn = (code: string): readonly string[] => code.split('\n').filter((line) => line.trim() !== '');

/** What both see in the end: the same, and nothing that nobody wrote. */
function expectWritten(a: Replica, b: Replica, texts: readonly string[]): string {
  const merged = print(a.formula());
  expect(print(b.formula())).toBe(merged);
  const written = new Set(texts.flatMap((text) => statementsIn(text)));
  expect(statementsIn(merged).filter((line) => !written.has(line))).toEqual([]);
  return merged;
}

describe.each(['first', 'last'] as const)('typed work meets a colleague’s delete, client ids %s', (order) => {
  test('a completed statement that a colleague deletes meanwhile comes back whole', () => {
    const [ada, ben] = two(order);
    replaceIn(ada, 'rsi(fastLine, 14 * 2)', 'rsi(fastLine, 14 * 2) - 7');
    replaceIn(ben, 'strength = rsi(fastLine, 14 * 2)\n', '');
    expect([ada.sync.read(), ben.sync.read()]).toEqual(['changed', 'changed']);
    settleAll([ada, ben]);
    expect(ada.text()).toBe(CODE.replace('14 * 2)', '14 * 2) - 7'));
    expect(ben.text()).toBe(ada.text());
  });

  test('a number inside of it is a change of it', () => {
    const [ada, ben] = two(order);
    replaceIn(ada, '14 * 2', '14 * 3');
    replaceIn(ben, 'strength = rsi(fastLine, 14 * 2)\n', '');
    ada.sync.read();
    ben.sync.read();
    settleAll([ada, ben]);
    expect(ben.text()).toBe(CODE.replace('14 * 2', '14 * 3'));
  });

  test('what it is written with comes back too', () => {
    const [ada, ben] = two(order);
    replaceIn(ada, 'spread = fastLine - slowLine', 'spread = fastLine - slowLine * 2');
    replaceIn(ben, CODE.slice(CODE.indexOf('fastLine =')), 'buy(when: close > fast)\nsell(when: close < slow)\n');
    ada.sync.read();
    ben.sync.read();
    settleAll([ada, ben]);
    for (const line of [
      'fastLine = sma(close, fast)',
      'slowLine = sma(close, slow)',
      'spread = fastLine - slowLine * 2',
      'buy(when: close > fast)',
    ])
      expect(ben.text()).toContain(`${line}\n`);
    expect(ben.text()).not.toContain('strength');
    expect(ada.text()).toBe(ben.text());
  });

  test('a deletion of what a colleague has changed before stays one', () => {
    const [ada, ben] = two(order);
    replaceIn(ada, '14 * 2', '14 * 3');
    settleAll([ada, ben]);
    replaceIn(ben, 'strength = rsi(fastLine, 14 * 3)\n', '');
    settleAll([ada, ben]);
    expect(ada.text()).toBe(CODE.replace('strength = rsi(fastLine, 14 * 2)\n', ''));
  });

  test('undo of what was typed before does not bring back what a colleague has deleted since', () => {
    const [ada, ben] = two(order);
    replaceIn(ada, '14 * 2', '14 * 3');
    settleAll([ada, ben]);
    replaceIn(ben, 'strength = rsi(fastLine, 14 * 3)\n', '');
    settleAll([ada, ben]);
    ada.undo.undo();
    settleAll([ada, ben]);
    expect(ada.text()).not.toContain('strength');
  });

  test('the key Delete on the canvas against an edit of the node: it comes back, with its wires', () => {
    const [ada, ben] = two(order);
    const [id] = Object.entries(ben.formula().nodes).find(([, { name }]) => name === 'fastLine') ?? [''];
    ben.edit([{ type: 'removeNode', id }]);
    ben.sync.follow();
    expect(ben.text()).toContain('strength = rsi(timePeriod: 14 * 2)');
    replaceIn(ada, 'sma(close, fast)', 'ema(close, fast)');
    ada.sync.read();
    settleAll([ada, ben]);
    expect(ben.text()).toBe(CODE.replace('sma(close, fast)', 'ema(close, fast)'));
  });

  test('a part of it that is given a name is a change of it', () => {
    const [ada, ben] = two(order);
    replaceIn(ada, 'strength = rsi(fastLine, 14 * 2)', 'length = 14 * 2\nstrength = rsi(fastLine, length)');
    replaceIn(ben, 'strength = rsi(fastLine, 14 * 2)\n', '');
    ada.sync.read();
    ben.sync.read();
    settleAll([ada, ben]);
    expect(ben.text()).toContain('length = 14 * 2\nstrength = rsi(fastLine, length)\n');
  });

  test('two people each take away one use of a price: nothing is left of the price [G12]', () => {
    const code = 'fastLine = sma(close, 10)\nslowLine = sma(close, 20)\n\nbuy(when: open > 3)\n';
    const [ada, ben] = two(order, code);
    replaceIn(ada, 'fastLine = sma(close, 10)\n', '');
    replaceIn(ben, 'slowLine = sma(close, 20)\n', '');
    settleAll([ada, ben]);
    expect([ada.text().trim(), ben.text().trim()]).toEqual(['buy(when: open > 3)', 'buy(when: open > 3)']);
    // What comes back needs the price again.
    ada.undo.undo();
    settleAll([ada, ben]);
    expect(ben.text()).toContain('fastLine = sma(close, 10)\n');
    expect(ben.text()).not.toContain('close1');
    expect(ada.text()).toBe(ben.text());
  });

  test('the same of a price that was typed, and of one in the place of which something else is written', () => {
    const [ada, ben] = two(order, 'line = open + 1\n');
    replaceIn(ada, 'line = open + 1\n', 'line = open + 1\nfast = sma(low, 10)\nslow = sma(low, 20)\n');
    settleAll([ada, ben]);
    replaceIn(ada, 'sma(low, 10)', 'sma(open, 10)');
    replaceIn(ben, 'sma(low, 20)', 'sma(line, 20)');
    settleAll([ada, ben]);
    expect(ben.text()).toBe('line = open + 1\nfast = sma(open, 10)\nslow = sma(line, 20)\n');
    expect(ada.text()).toBe(ben.text());
  });

  test('a price whose last wire one person takes away on the canvas stays there for itself', () => {
    const [ada, ben] = two(order, 'line = open + close\n');
    const [id = ''] = Object.entries(ada.formula().nodes).find(([, { name }]) => name === 'line') ?? [];
    ada.edit([{ type: 'clearArg', id, port: 'b' }]);
    settleAll([ada, ben]);
    expect(Object.values(ben.formula().nodes).map(({ block }) => block)).toContain('close');
  });

  test.each([
    ['a space behind a statement', ' ', '-'],
    ['a new line below it', '\n', 'weak = 2 *'],
    ['a line between blank ones', '\n\n', 'weak = 2 *'],
  ])('who pauses behind %s and goes on leaves the next statement to colleagues', (_, first, more) => {
    const code = CODE.replace('spread = fastLine - slowLine\n', '');
    const [ada, ben] = two(order, code);
    const behind = 'strength = rsi(fastLine, 14 * 2)';
    replaceIn(ada, behind, behind + first);
    expect(ada.sync.read()).toBe('unchanged');
    const at = ada.text().indexOf(behind) + behind.length + first.length;
    ada.type(at, at, more);
    ada.sync.read();
    replaceIn(ben, 'crossover(fastLine, slowLine)', 'fastLine > 3');
    ben.sync.read();
    sync(ada.doc, ben.doc);
    ada.sync.follow();
    expect(ada.text()).toContain(first + more);
    expect(ada.text()).toContain('\nbuy(when: fastLine > 3)\n');
    expect(ada.parts().filter(({ kind }) => kind === 'open')).toHaveLength(1);
    const end = ada.text().indexOf(more) + more.length;
    ada.type(end, end, ' 7');
    settleAll([ada, ben]);
    expect(ada.sync.read()).toBe('nothing');
    expect(ben.text()).toContain('7\n');
    expect(ben.text()).toContain('\nbuy(when: fastLine > 3)\n');
  });

  test('a part that is rewritten while a colleague changes it inside: one of the two stands [G4]', () => {
    const [ada, ben] = two(order);
    replaceIn(ada, 'rsi(fastLine, 14 * 2)', 'rsi(fastLine, 21)');
    replaceIn(ben, '14 * 2', '14 * 2 + fast');
    ada.sync.read();
    ben.sync.read();
    const texts = [CODE, ada.text(), ben.text()];
    settleAll([ada, ben]);
    expectWritten(ada, ben, texts);
  });
});

/** What somebody may type in a statement, or beside it. */
const TYPED: readonly (readonly [before: string, after: string])[] = [
  ['14 * 2', '14 * 3'],
  ['14 * 2', '14 * 2 + fast'],
  ['rsi(fastLine, 14 * 2)', 'rsi(fastLine, 14 * 2) - 7'],
  ['rsi(fastLine, 14 * 2)', 'rsi(slowLine, 21)'],
  ['strength = rsi', '# Why\nstrength = rsi'],
  ['spread = fastLine - slowLine', 'spread = abs(fastLine - slowLine) / slowLine'],
  ['spread = fastLine - slowLine', 'gap = fastLine - slowLine'],
  ['spread = fastLine - slowLine', 'spread = fastLine - slowLine\nwide = spread > strength'],
  ['buy(when: crossover(fastLine, slowLine))', 'buy(when: crossover(fastLine, slowLine), size: 50%)'],
  ['buy(when: crossover(fastLine, slowLine))', 'buy(when: strength > 50 and spread > 0)'],
  ['sell(when: crossunder(fastLine, slowLine))', 'sell(when: fastLine < slowLine)'],
  ['sma(close, slow)', 'ema(high, slow + 1)'],
];

const LINES = statementsIn(CODE);

test(
  'random pairs of a deletion and typing, read and unread, in every order of arrival: all that stands is what somebody wrote, and nothing typed is lost [G6]',
  () => {
    const order = fc.constantFrom<'first' | 'last'>('first', 'last');
    const arrival = fc.constantFrom('both have read', 'the deletion comes first', 'the typing comes first');
    fc.assert(
      fc.property(
        order,
        arrival,
        fc.subarray([...LINES], { minLength: 1 }),
        fc.subarray([...TYPED], { minLength: 1, maxLength: 3 }),
        (ids, first, deleted, typed) => {
          const [ada, ben] = two(ids);
          const without = CODE.split('\n')
            .filter((line) => !deleted.includes(line))
            .join('\n');
          fc.pre(parse(without).diagnostics.length === 0);
          for (const line of deleted) replaceIn(ben, `${line}\n`, '');
          for (const [before, after] of typed) if (ada.text().includes(before)) replaceIn(ada, before, after);
          fc.pre(parse(ada.text()).diagnostics.length === 0);
          const texts = [CODE, ada.text(), ben.text()];
          if (first !== 'the deletion comes first') ada.sync.read();
          if (first !== 'the typing comes first') ben.sync.read();
          sync(ada.doc, ben.doc);
          for (const one of [ada, ben]) one.sync.follow();
          settleAll([ada, ben]);
          const merged = expectWritten(ada, ben, texts);
          const isNew = (line: string): boolean => !LINES.includes(line);
          expect(
            statementsIn(texts[1] ?? '').filter(
              (line) => isNew(line) && !statementsIn(merged).includes(line) && !statementsIn(ada.text()).includes(line),
            ),
          ).toEqual([]);
          // Who deletes what a colleague's new line uses has a text that does not read: the formula stays, and the
          // person is told.
          for (const one of [ada, ben])
            if (one.sync.read() !== 'problems') expect(print(parse(one.text()).formula)).toBe(merged);
          expect(parse(merged).diagnostics).toEqual([]);
        },
      ),
      { numRuns: 60 * SCALE },
    );
  },
  60_000 * SCALE,
);

/** What two people may write of one statement at once, each by itself as good as the other. */
const REWRITTEN = [
  'sma(close, 40)',
  'wma(close, slow)',
  'ema(high, slow + 1)',
  'fastLine * 1.1',
  'abs(fastLine - slow)',
  'sma(close, slow) * 2',
  'rsi(fastLine, 14 * 2)',
];

test.each(['first', 'last'] as const)(
  'two people rewrite one statement, client ids %s, read and unread: nothing of it is empty, too much, or left standing about',
  (order) => {
    for (const mine of REWRITTEN) {
      for (const theirs of REWRITTEN) {
        for (const arrival of ['both have read', 'one has read']) {
          const [ada, ben] = two(order);
          replaceIn(ada, 'sma(close, slow)', mine);
          replaceIn(ben, 'sma(close, slow)', theirs);
          ada.sync.read();
          if (arrival === 'both have read') ben.sync.read();
          settleAll([ada, ben]);
          const merged = print(ada.formula());
          expect(print(ben.formula())).toBe(merged);
          expect(check(ada.formula()).diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
          expect(
            statementsIn(merged).filter((line) => !LINES.includes(line) && !line.startsWith('slowLine = ')),
          ).toEqual([]);
        }
      }
    }
  },
);

test('what somebody has deleted and a colleague’s change brings back is not used in what the former has written anew', () => {
  const [ada, ben] = two('last');
  replaceIn(
    ben,
    'strength = rsi(fastLine, 14 * 2)\nspread = fastLine - slowLine\n\nbuy(when: crossover(fastLine, slowLine))\nsell(when: crossunder(fastLine, slowLine))',
    '\nsell(when: fastLine > 80)',
  );
  replaceIn(ben, 'slowLine = sma(close, slow)\n', '');
  replaceIn(ada, 'sma(close, slow)', 'sma(close, slow + 1)');
  for (const one of [ada, ben]) one.sync.read();
  settleAll([ada, ben]);
  expect(check(ada.formula()).diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(ben.text()).toContain('sell(when: fastLine > 80)');
});
