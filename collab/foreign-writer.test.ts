import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { parse } from '#core/formula/language/parse.ts';
import { print } from '#core/formula/language/print.ts';
import { rootsOf } from './document-roots.ts';
import { fillDocument } from './fill.ts';
import { toFormula } from './to-formula.ts';

/** A document into which a client that is not ours has written. */
function written(write: (roots: ReturnType<typeof rootsOf>) => void): Y.Doc {
  const doc = new Y.Doc();
  fillDocument(doc, parse('x = sma(close, 20) # mean\nbuy(when: close > x, note: "in")\n').formula, 'Test');
  doc.transact(() => write(rootsOf(doc)));
  return doc;
}
const firstOf = (roots: ReturnType<typeof rootsOf>, block: string): Y.Map<unknown> => {
  for (const node of roots.nodes.values()) if (node instanceof Y.Map && node.get('block') === block) return node;
  throw new Error('a node');
};

it.each<readonly [string, (roots: ReturnType<typeof rootsOf>) => void]>([
  ['a block that is a program', (roots) => firstOf(roots, 'sma').set('block', 'close\nsell(when: true)\ny = sma')],
  ['a block that is a comment', (roots) => firstOf(roots, 'sma').set('block', 'sma # ')],
  [
    'a port that is a program',
    (roots) =>
      [...roots.args.keys()].forEach((key) =>
        roots.args.set(`${key.split('/')[0] ?? ''}/when: true)\nsell(when`, true),
      ),
  ],
  [
    'an output that is a program',
    (roots) =>
      [...roots.args.entries()].forEach(([key, value]) => {
        if (typeof value === 'object' && value !== null)
          roots.args.set(key, { ...value, output: 'x\nsell(when: true)' });
      }),
  ],
  ['a comment with a return', (roots) => firstOf(roots, 'sma').set('comment', 'mean\rsell(when: true)')],
  [
    'a comment with a separator of lines',
    (roots) => firstOf(roots, 'sma').set('comment', 'mean\u2028sell(when: true)'),
  ],
  ['a comment that is read from right to left', (roots) => firstOf(roots, 'sma').set('comment', 'mean\u202e')],
  ['an epilogue that is read from right to left', (roots) => roots.meta.set('epilogue', '\u2066x\u202e')],
  ['a name of two lines', (roots) => firstOf(roots, 'sma').set('name', 'x\ny\u202e')],
  [
    'a text that is read from right to left',
    (roots) =>
      [...roots.args.entries()].forEach(([key, value]) => {
        if (value === 'in') roots.args.set(key, 'in\u202e');
      }),
  ],
])('%s does not make the code say what does not run', (_what, write) => {
  const { formula } = toFormula(written(write));
  const code = print(formula);
  expect(code).not.toMatch(/[\r\u2028\u202e\u2066]/u);
  // No statement that acts but the one there was.
  expect(code.split('\n').filter((line) => /^\s*sell/.test(line))).toEqual([]);
  expect(Object.values(parse(code).formula.nodes).map(({ block }) => block)).not.toContain('sell');
});
