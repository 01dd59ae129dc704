import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { fillDocument } from '#collab/fill.ts';
import { pull, replicate, sync } from '#collab/testing/replicas.ts';
import { whyNotConnect } from '#core/formula/check/why-not-connect.ts';
import { parse } from '#core/formula/language/parse.ts';
import { print } from '#core/formula/language/print.ts';
import type { Edit } from '#core/formula/model/edit.ts';
import { SCALE } from '#core/formula/testing/scale.ts';
import { openReplica, type Replica } from './testing/replica.ts';
import { isApart, textOf, textOfPart } from './text/parts.ts';

const CODE = `input fast = 10 in 2..50
input slow = 20

fastLine = sma(close, fast)
slowLine = sma(close, slow)
strength = rsi(close, 14)

# The crossing
buy(when: crossover(fastLine, slowLine) and strength > 50, size: 50%)
sell(when: crossunder(fastLine, slowLine))
`;

function open(count: number, code = CODE): Replica[] {
  const doc = new Y.Doc();
  doc.clientID = 1000;
  fillDocument(doc, parse(code).formula, 'test');
  return replicate(doc, count).map(openReplica);
}

/** Everything everybody has done reaches everybody. */
function settleAll(replicas: readonly Replica[]): void {
  for (let round = 0; round < 6; round += 1) {
    for (const one of replicas) one.sync.read();
    for (const one of replicas) for (const other of replicas) if (one !== other) sync(one.doc, other.doc);
    for (const one of replicas) one.sync.follow();
  }
}

function replaceIn(replica: Replica, before: string, after: string): void {
  const at = replica.text().indexOf(before);
  if (at < 0) throw new Error(`There is no ${before} in:\n${replica.text()}`);
  replica.type(at, at + before.length, after);
}

const two = (code = CODE): readonly [Replica, Replica] => {
  const [a, b] = open(2, code);
  if (!a || !b) throw new Error('two replicas');
  return [a, b];
};

const exchange = (a: Replica, b: Replica): void => {
  sync(a.doc, b.doc);
  a.sync.follow();
  b.sync.follow();
};

describe('typing and the formula', () => {
  test('a blank line that is typed is there for colleagues, after a colleague works on the canvas, and in a new pane', () => {
    const [ada, ben] = two();
    replaceIn(ada, 'strength =', '\nstrength =');
    ada.sync.read();
    exchange(ada, ben);
    const spaced = CODE.replace('strength =', '\nstrength =');
    expect(ben.text()).toBe(spaced);
    const [id] = Object.entries(ben.formula().nodes).find(([, { name }]) => name === 'strength') ?? [''];
    ben.edit([{ type: 'setArg', id, port: 'timePeriod', arg: 15 }]);
    exchange(ada, ben);
    expect(ada.text()).toBe(spaced.replace('14', '15'));
    expect(print(ada.formula())).toBe(ada.text());
  });

  test('what reads becomes edits, what does not leaves the formula as it is', () => {
    const [a] = two();
    const before = print(a.formula());
    replaceIn(a, 'rsi(close, 14)', 'rsi(close,');
    expect(a.sync.read()).toBe('problems');
    expect(print(a.formula())).toBe(before);
    replaceIn(a, 'rsi(close,', 'rsi(close, 21)');
    expect(a.sync.read()).toBe('changed');
    expect(print(a.formula())).toBe(before.replace('14', '21'));
  });

  test('a colleague’s edit of another statement arrives in a text that does not read', () => {
    const [a, b] = two();
    replaceIn(a, 'rsi(close, 14)', 'rsi(close, 14) + ema(');
    a.sync.read();
    replaceIn(b, 'sma(close, slow)', 'ema(close, slow)');
    b.sync.read();
    exchange(a, b);
    expect(a.text()).toBe(
      CODE.replace('rsi(close, 14)', 'rsi(close, 14) + ema(').replace('sma(close, slow)', 'ema(close, slow)'),
    );
  });

  test('the cursor stays where it is in the text', () => {
    const [a, b] = two();
    const at = a.text().indexOf('14)');
    a.editor.dispatch({ selection: { anchor: at } });
    replaceIn(b, 'input fast = 10 in 2..50', '# How fast?\ninput fast = 12 in 2..500');
    replaceIn(b, 'rsi(close, 14)', 'rsi(high, 14)');
    b.sync.read();
    exchange(a, b);
    const { head } = a.editor.state.selection.main;
    expect(a.text().slice(head, head + 3)).toBe('14)');
  });

  test('two people in one statement: both ports change', () => {
    const [a, b] = two();
    replaceIn(a, 'rsi(close, 14)', 'rsi(close, 21)');
    replaceIn(b, 'rsi(close, 14)', 'rsi(fastLine, 14)');
    b.sync.read();
    exchange(a, b);
    expect(a.text()).toContain('rsi(close, 21)');
    settleAll([a, b]);
    expect(a.text()).toContain('strength = rsi(fastLine, 21)');
    expect(b.text()).toBe(a.text());
  });

  test('two people change one number: one of the two stands, not a mixture', () => {
    const [a, b] = two();
    replaceIn(a, '14', '12');
    replaceIn(b, '14', '16');
    b.sync.read();
    exchange(a, b);
    settleAll([a, b]);
    expect(a.text()).toContain('strength = rsi(close, 12)');
    expect(b.text()).toBe(a.text());
  });

  test('a statement that a colleague deletes while it is typed in stays, and comes back', () => {
    const [a, b] = two();
    replaceIn(a, 'rsi(close, 14)', 'rsi(close, 14');
    replaceIn(b, ' and strength > 50', '');
    replaceIn(b, 'strength = rsi(close, 14)\n', '');
    b.sync.read();
    exchange(a, b);
    expect(a.text()).toContain('strength = rsi(close, 14\n');
    replaceIn(a, 'rsi(close, 14', 'rsi(close, 15)');
    settleAll([a, b]);
    expect(b.text()).toContain('strength = rsi(close, 15)\n');
    expect(b.text()).toBe(a.text());
  });

  test('what is taken back makes way for what a colleague has changed there', () => {
    const [a, b] = two();
    replaceIn(a, 'rsi(close, 14)', 'rsi(close,');
    replaceIn(b, 'rsi(close, 14)', 'rsi(close, 9)');
    b.sync.read();
    exchange(a, b);
    replaceIn(a, 'rsi(close,', 'rsi(close, 14)');
    a.sync.read();
    expect(a.text()).toBe(b.text());
  });

  test('a new name reaches what is being typed', () => {
    const [a, b] = two();
    replaceIn(a, 'rsi(close, 14)', 'rsi(close, 14) + fastLine +');
    const id = Object.entries(b.formula().nodes).find(([, { name }]) => name === 'fastLine')?.[0] ?? '';
    b.edit([{ type: 'setName', id, name: 'quick' }]);
    exchange(a, b);
    expect(a.text()).toContain('strength = rsi(close, 14) + quick +\n');
    expect(a.text()).not.toContain('fastLine');
  });

  test('a colleague’s edit of the statement above a new line arrives while the line is typed', () => {
    const [a, b] = two();
    replaceIn(a, 'strength = rsi(close, 14)\n', 'strength = rsi(close, 14)\nweak = not stre\n');
    replaceIn(b, 'rsi(close, 14)', 'rsi(close, 9)');
    b.sync.read();
    exchange(a, b);
    expect(a.text()).toContain('strength = rsi(close, 9)\nweak = not stre\n');
  });

  test('statements that typing has joined do not change apart', () => {
    const [a, b] = two();
    replaceIn(a, 'slow)\nstrength', 'slow)strength');
    replaceIn(b, 'slowLine = sma(close, slow)', 'slowLine = ema(close, slow)');
    b.sync.read();
    exchange(a, b);
    expect(a.text()).toContain('slowLine = sma(close, slow)strength = rsi(close, 14)\n');
    replaceIn(a, 'slow)strength', 'slow)\nstrength');
    settleAll([a, b]);
    expect(a.text()).toContain('slowLine = ema(close, slow)\nstrength');
    expect(b.text()).toBe(a.text());
  });

  test('what is typed does not run into statements that move up to it', () => {
    const [a, b] = two('x = high\ny = low\nbuy(when: x > y)\n');
    replaceIn(a, 'x = high', 'x = high +');
    const ids = Object.entries(b.formula().nodes);
    const id = (name: string) => ids.find(([, node]) => node.name === name)?.[0] ?? '';
    b.edit([{ type: 'reorder', id: id('y'), after: null }]);
    exchange(a, b);
    expect(a.text()).toBe('y = low\nx = high +\n\nbuy(when: x > y)\n');
  });

  test('a price that only one statement used comes back for somebody who uses it meanwhile', () => {
    const [a, b] = two('x = rsi(high, 14)\nbuy(when: x > 1)\n');
    replaceIn(a, 'rsi(high, 14)', 'rsi(high, 14) + high');
    replaceIn(b, 'rsi(high, 14)', 'rsi(close, 14)');
    b.sync.read();
    exchange(a, b);
    settleAll([a, b]);
    expect(a.text()).toContain(' + high\n');
    expect(b.text()).toBe(a.text());
  });

  test('blank lines of one’s own stay when the statement below changes', () => {
    const [a, b] = two();
    replaceIn(a, 'strength =', '\n\nstrength =');
    a.sync.read();
    replaceIn(b, 'rsi(close, 14)', 'rsi(close, 9)');
    b.sync.read();
    exchange(a, b);
    expect(a.text()).toContain('\n\n\nstrength = rsi(close, 9)\n');
  });

  test('formatting changes no formula', () => {
    const [a] = two();
    replaceIn(a, 'rsi(close, 14)', '  rsi( close,14 )');
    expect(a.sync.read()).toBe('unchanged');
    a.sync.format();
    expect(a.text()).toBe(CODE);
  });

  test('typing in one go is one step of undo, and takes back nobody else’s', () => {
    const [a, b] = two();
    const gesture = {};
    for (const [before, after] of [
      ['14)', '2)'],
      ['2)', '21)'],
      ['21)', '210)'],
    ] as const) {
      replaceIn(a, `rsi(close, ${before}`, `rsi(close, ${after}`);
      a.sync.read(gesture);
    }
    replaceIn(b, 'sma(close, slow)', 'ema(close, slow)');
    b.sync.read();
    exchange(a, b);
    a.undo.undo();
    a.sync.follow();
    expect(a.text()).toBe(CODE.replace('sma(close, slow)', 'ema(close, slow)'));
  });

  test('the first formula of an empty document', () => {
    const [a, b] = two('');
    a.type(0, 0, 'buy(when: close > 1)');
    expect(a.sync.read()).toBe('changed');
    exchange(a, b);
    expect(b.text()).toBe('buy(when: close > 1)\n');
  });
});

const FRAGMENTS = [
  'x',
  '1',
  ' ',
  '\n',
  '(',
  ')',
  ',',
  '.',
  '#',
  ' # why\n',
  'buy(when: close > 3)',
  '"',
  '=',
  'close',
  'fastLine',
  ' + 1',
  ' and ',
];
const LINES = [
  '\n# why',
  '\nfresh = ema(close, 7)',
  '\nmore = high',
  '\nbuy(when: close > 3)',
  '\n\n# a section\n# of two lines\nlast = low',
];

type Step =
  | { readonly kind: 'type'; readonly at: number; readonly remove: number; readonly fragment: number }
  | { readonly kind: 'number' | 'newLine' | 'deleteLine' | 'duplicateLine'; readonly at: number }
  | { readonly kind: 'canvas'; readonly what: number; readonly node: number; readonly value: number }
  | { readonly kind: 'takeBack' | 'read' | 'format' | 'undo' | 'redo' | 'send' };

const kinds = <K extends string>(...kind: readonly K[]) => fc.constantFrom(...kind);

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: kinds('type'),
      at: fc.nat(),
      remove: fc.constantFrom(0, 0, 0, 1, 2, 6, 30),
      fragment: fc.nat(FRAGMENTS.length - 1),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: kinds('number', 'number', 'newLine', 'newLine', 'deleteLine', 'duplicateLine'),
      at: fc.nat(),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: kinds('canvas'), what: fc.nat(5), node: fc.nat(), value: fc.nat(40) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: kinds('takeBack', 'read', 'read', 'read', 'format', 'undo', 'redo', 'send', 'send', 'send'),
    }),
  },
);
const step = fc.record({ who: fc.nat(2), step: anyStep });

/** What somebody may do on the canvas. */
function canvasEdit(replica: Replica, { what, node, value }: Extract<Step, { kind: 'canvas' }>): readonly Edit[] {
  const { nodes } = replica.formula();
  const ids = Object.keys(nodes);
  const id = ids[node % Math.max(1, ids.length)];
  const chosen = id === undefined ? undefined : nodes[id];
  if (id === undefined || !chosen) return [];
  const isAction = chosen.block === 'buy' || chosen.block === 'sell';
  const other = ids[(node * 7 + value) % ids.length] ?? id;
  switch (what) {
    case 0: {
      const port = Object.entries(chosen.args).find(([, arg]) => typeof arg === 'number')?.[0];
      return port === undefined ? [] : [{ type: 'setArg', id, port, arg: value + 2 }];
    }
    case 1:
      return [{ type: 'removeNode', id }];
    case 2:
      return isAction || chosen.block === 'input'
        ? []
        : [{ type: 'setName', id, name: value % 3 === 0 ? null : `name${value % 4}` }];
    case 3:
      return isAction
        ? []
        : [
            {
              type: 'addNode',
              id: `${replica.doc.clientID}n${node}`,
              node: { block: 'abs', args: { x: { from: id } } },
            },
          ];
    case 4:
      return whyNotConnect(replica.formula(), { from: other }, id, 'source') === null
        ? [{ type: 'setArg', id, port: 'source', arg: { from: other } }]
        : [];
    default:
      return [{ type: 'reorder', id, after: other === id ? null : other }];
  }
}

function take(replica: Replica, others: readonly Replica[], what: Step): void {
  const text = replica.text();
  const lineAt = (at: number) => replica.editor.state.doc.lineAt(at % (text.length + 1));
  switch (what.kind) {
    case 'type': {
      const from = what.at % (text.length + 1);
      return replica.type(from, Math.min(text.length, from + what.remove), FRAGMENTS[what.fragment] ?? '');
    }
    case 'number': {
      const numbers = [...text.matchAll(/\d+/g)];
      const found = numbers[what.at % Math.max(1, numbers.length)];
      return found && replica.type(found.index, found.index + found[0].length, String((what.at % 30) + 2));
    }
    case 'newLine':
      return replica.type(lineAt(what.at).to, lineAt(what.at).to, LINES[what.at % LINES.length] ?? '');
    case 'deleteLine': {
      const line = lineAt(what.at);
      return replica.type(line.from, Math.min(text.length, line.to + 1), '');
    }
    case 'duplicateLine': {
      const line = lineAt(what.at);
      return replica.type(line.to, line.to, `\n${line.text}`);
    }
    case 'canvas':
      return replica.edit(canvasEdit(replica, what));
    case 'takeBack':
      return takeBack(replica);
    case 'read':
      return void replica.sync.read();
    case 'format':
      return void replica.sync.format();
    case 'undo':
      return void replica.undo.undo();
    case 'redo':
      return void replica.undo.redo();
    case 'send':
      for (const other of others) pull(other.doc, replica.doc);
  }
}

/** No part begins in the line of another. */
function expectApart(replica: Replica): void {
  let above = '';
  for (const text of replica.parts().map(textOfPart)) {
    expect(isApart(above, text)).toBe(true);
    above = text || above;
  }
}

/** Every statement that is typed in goes back to what it was. */
function takeBack(replica: Replica): void {
  const parts = replica.parts().flatMap((part) => (part.kind === 'open' ? part.over : [part]));
  replica.type(0, replica.text().length, textOf(parts));
}

test(
  'random typing, canvas edits and undo of three people: nothing typed is lost, and all texts end as the print of the one formula',
  () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 60 }), (steps) => {
        const replicas = open(3);
        for (const { who, step: what } of steps) {
          const replica = replicas[who];
          if (!replica) continue;
          take(
            replica,
            replicas.filter((other) => other !== replica),
            what,
          );
          for (const one of replicas) {
            expect(textOf(one.parts())).toBe(one.text());
            const typed = one
              .parts()
              .filter(({ kind }) => kind === 'open')
              .map((part) => inked(textOfPart(part)));
            one.sync.follow();
            expect(textOf(one.parts())).toBe(one.text());
            expectApart(one);
            expect(
              one
                .parts()
                .filter(({ kind }) => kind === 'open')
                .map((part) => inked(textOfPart(part))),
            ).toEqual(typed);
          }
        }
        for (const one of replicas) if (one.sync.read() === 'problems') takeBack(one);
        for (const one of replicas)
          if (one.sync.read() === 'problems') one.type(0, one.text().length, print(one.formula()));
        settleAll(replicas);
        const [first] = replicas;
        for (const one of replicas) {
          expect(print(one.formula())).toBe(first ? print(first.formula()) : '');
          expect(print(parse(one.text()).formula)).toBe(print(one.formula()));
          one.sync.format();
          expect(one.text()).toBe(print(one.formula()));
        }
      }),
      { numRuns: 60 * SCALE },
    );
  },
  // As many steps as three people make in minutes: a busy machine is no hang.
  120_000 * SCALE,
);

/** Without what a new name of a statement or a line break in front may change. */
const inked = (text: string): string => text.replace(/[A-Za-z_]\w*/g, 'N').trimStart();
