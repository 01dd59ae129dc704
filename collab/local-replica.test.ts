import { expect, test } from 'vitest';
import { parse } from '#core/formula/language/parse.ts';
import { openLocalReplica } from './local-replica.ts';
import { toFormula } from './to-formula.ts';
import { writeEdits } from './write-edits.ts';

test('a document of one browser says the formula, takes edits as saved, and takes them back', async () => {
  const { formula } = parse('input length = 4 in 2..14\nbuy(when: rsi(close, length) < 30)\n');
  const origin = Symbol('this person');
  const replica = openLocalReplica(formula, { origin });
  expect(toFormula(replica.doc).formula).toEqual(formula);
  const [input = ''] = Object.keys(formula.nodes);
  writeEdits(replica.doc, [{ type: 'setArg', id: input, port: 'value', arg: 9 }], origin);
  expect(toFormula(replica.doc).formula.nodes[input]?.args['value']).toBe(9);
  expect(replica.getStatus()).toMatchObject({ saved: 'saved', unsaved: 0, canEdit: true });
  replica.undo.undo();
  expect(toFormula(replica.doc).formula).toEqual(formula);
  await replica.destroy();
});
