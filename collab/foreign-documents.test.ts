import fc from 'fast-check';
import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { check } from '#core/formula/check/check.ts';
import { fromJsonText, toJson } from '#core/formula/json/json.ts';
import { parse } from '#core/formula/language/parse.ts';
import { hashedCode, print } from '#core/formula/language/print.ts';
import type { Formula } from '#core/formula/model/formula.ts';
import { rootsOf, type Roots } from './document-roots.ts';
import { fillDocument } from './fill.ts';
import { toFormula } from './to-formula.ts';

/** A document that somebody's own client has written into. */
function readAfter(code: string, write: (roots: Roots) => void): Formula {
  const doc = new Y.Doc();
  fillDocument(doc, parse(code).formula, 'T');
  doc.transact(() => write(rootsOf(doc)));
  const { formula } = toFormula(doc);
  doc.destroy();
  return formula;
}

/** What a version keeps: whoever restores it, runs it, or takes it to a bot reads it from there. */
function requireReadable(formula: Formula): void {
  const { ok } = check(formula);
  const code = print(formula);
  if (!ok) return;
  expect(fromJsonText(toJson(formula)).diagnostics).toEqual([]);
  expect(hashedCode(fromJsonText(toJson(formula)).formula)).toBe(hashedCode(formula));
  expect(parse(code).diagnostics).toEqual([]);
  expect(hashedCode(parse(code).formula)).toBe(hashedCode(formula));
}

const CODE =
  'fn f(p, n = 3) = sma(p, n)\nfn g(a) =\n  m = f(a)\n  return up: m + 1, low: m - 1\ny = g(close)\nbuy(when: close > y.up)\nsell(when: f(close) < y.low)\n';

it.each<readonly [string, (roots: Roots) => void]>([
  [
    'a frame that folds more nodes than there may be',
    ({ frames }) => {
      frames.set('f/area', [0, 0, 1, 1]);
      frames.set(
        'f/folded',
        Array.from({ length: 6000 }, (_, at) => `n${at}`),
      );
    },
  ],
  ['a frame of an odd id', ({ frames }) => frames.set('a b/area', [0, 0, 1, 1])],
  ['a note of a long id', ({ notes }) => notes.set(`${'n'.repeat(1000)}/area`, [0, 0, 1, 1])],
  ['a note that is called by a number', ({ notes }) => notes.set('7/area', [0, 0, 1, 1])],
  [
    'a note that is cut in the middle of a sign',
    ({ notes }) => {
      notes.set('n/area', [0, 0, 1, 1]);
      notes.set('n/text', `${'x'.repeat(1999)}😀`);
    },
  ],
  [
    'halves of signs',
    ({ frames }) => {
      frames.set('f/area', [0, 0, 1, 1]);
      frames.set('f/title', '\ud800x\udc00');
    },
  ],
  ['an area of no number', ({ frames }) => frames.set('f/area', [0, Number.NaN, 1, 1])],
  [
    'words for arguments that have none',
    ({ nodes }) =>
      [...nodes.values()].forEach((node) => node instanceof Y.Map && node.set('words', { a: 'constructor' })),
  ],
  ['an argument that is no number', ({ args }) => [...args.keys()].forEach((key) => args.set(`${key}x`, Infinity))],
])('a document with %s reads from its own JSON', (_what, write) => {
  const formula = readAfter(CODE, write);
  expect(check(formula).ok).toBe(true);
  requireReadable(formula);
});

const IDS = ['n0', 'n1', 'n2', 'n3', 'n4', 'n5', 'n6', 'a b', '__proto__', 'constructor', 'i'.repeat(200), '1', 'a/b'];
const NAMES = ['a', 'p', 'f', 'g', 'x', 'value', 'close', 'constructor', '__proto__', 'fn', 'in', 'a b', 'f() = 1 # '];
const BLOCKS = [
  'fn',
  'param',
  'result',
  'call',
  'call',
  'sma',
  'add',
  'close',
  'value',
  'gt',
  'buy',
  'input',
  'bbands',
];
const PORTS = ['in', 'in', 'fn', 'x', 'a', 'b', 'p', 'source', 'default', 'when', 'timePeriod', 'constructor', 'value'];
const OUTPUTS = ['value', 'upper', 'a', 'constructor'];

const id = fc.constantFrom(...IDS);
const node = fc.record(
  {
    block: fc.constantFrom(...BLOCKS),
    order: fc.constantFrom('a', 'b', 'c'),
    name: fc.constantFrom(...NAMES),
    muted: fc.constantFrom(true, 1, 'x'),
    comment: fc.constantFrom('c\nd', '\ud800'),
    inside: fc.constant(true),
    deleted: fc.constantFrom<unknown>(true, { saw: '', hides: [], isInline: true }),
    words: fc.constantFrom<unknown>({ timePeriod: 'length' }, { a: 'if' }, 3),
  },
  { requiredKeys: ['block', 'order'], noNullPrototype: true },
);
const arg = fc.oneof(
  { weight: 4, arbitrary: fc.record({ from: id }, { noNullPrototype: true }) },
  fc.record({ from: id, output: fc.constantFrom(...OUTPUTS) }, { noNullPrototype: true }),
  fc.constantFrom<unknown>(1, '2', '50%', true, null, -0, Number.NaN, Infinity, ['a', 1], '\ud800'),
);
const area = fc.constantFrom<unknown>([0, 0, 1, 1], [0, 0, 1], [0, 0, 1e308, 5], 'x');

it('whatever is written into a document, what is right is in its JSON and its code as it is', () => {
  fc.assert(
    fc.property(
      fc.dictionary(id, node, { maxKeys: 8 }),
      fc.array(fc.tuple(id, fc.constantFrom(...PORTS), arg), { maxLength: 24 }),
      fc.dictionary(id, area, { maxKeys: 2 }),
      (nodes, args, notes) => {
        const formula = readAfter(CODE, (roots) => {
          for (const [key, fields] of Object.entries(nodes)) {
            const known = roots.nodes.get(key);
            const map: Y.Map<unknown> = known instanceof Y.Map ? known : new Y.Map();
            if (map !== known) roots.nodes.set(key, map);
            for (const [field, value] of Object.entries(fields)) map.set(field, value);
          }
          for (const [of, port, value] of args) roots.args.set(`${of}/${port}`, value);
          for (const [key, value] of Object.entries(notes)) roots.notes.set(`${key}/area`, value);
        });
        requireReadable(formula);
      },
    ),
    { numRuns: 400 },
  );
});
