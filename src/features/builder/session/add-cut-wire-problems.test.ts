import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { fillDocument } from '#collab/fill.ts';
import { replicate, sync } from '#collab/testing/replicas.ts';
import { toFormula } from '#collab/to-formula.ts';
import { writeEdits } from '#collab/write-edits.ts';
import { check } from '#core/formula/check/check.ts';
import { parse } from '#core/formula/language/parse.ts';
import { addCutWireProblems } from './add-cut-wire-problems.ts';

test('two wires that close a circle: one is set aside, said at its node, and there again once the other is gone', () => {
  const doc = new Y.Doc();
  fillDocument(doc, parse('fast = sma(close, 5)\nslow = sma(close, 9)\nbuy(when: fast > slow)').formula, 'Test');
  const [ada, ben] = replicate(doc, 2);
  if (!ada || !ben) throw new Error('two replicas');
  const told = () => {
    const { formula, repairs } = toFormula(ada);
    return addCutWireProblems(check(formula), formula, repairs).diagnostics.filter(
      ({ severity }) => severity === 'error',
    );
  };
  const idOf = (name: string): string =>
    Object.entries(toFormula(ada).formula.nodes).find(([, node]) => node.name === name)?.[0] ?? '';
  const [fast, slow] = [idOf('fast'), idOf('slow')];
  writeEdits(ada, [{ type: 'setArg', id: fast, port: 'source', arg: { from: slow } }], 'ada');
  writeEdits(ben, [{ type: 'setArg', id: slow, port: 'source', arg: { from: fast } }], 'ben');
  sync(ada, ben);
  const [problem, ...others] = told();
  expect(others).toEqual([]);
  expect(problem?.message).toMatch(
    /^The wire from `(fast|slow)` into `source` of `(fast|slow)` closes a circle with another wire, and is set aside\. Take the other one away, and it is there again/,
  );
  const [cut, kept] = problem?.nodeId === fast ? [fast, slow] : [slow, fast];
  writeEdits(ben, [{ type: 'setArg', id: kept, port: 'source', arg: 3 }], 'ben');
  sync(ada, ben);
  expect(told().filter(({ code }) => code === 'cut-wire')).toEqual([]);
  expect(toFormula(ada).formula.nodes[cut]?.args['source']).toEqual({ from: kept });
});
