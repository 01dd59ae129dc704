import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { fillDocument } from '#collab/fill.ts';
import { replicate, sync } from '#collab/testing/replicas.ts';
import { parse } from '#core/formula/language/parse.ts';
import { openReplica } from '../testing/replica.ts';
import { placeOf, pointAt } from './code-point.ts';

function two(code: string) {
  const doc = new Y.Doc();
  fillDocument(doc, parse(code).formula, 'test');
  const [a, b] = replicate(doc, 2).map(openReplica);
  if (!a || !b) throw new Error('two replicas');
  return { a, b };
}

test('every place is found again in the same text', () => {
  const { a, b } = two('# why\nx = high\n\nbuy(when: x > 3)\n\n# the end\n');
  const text = a.text();
  for (let at = 0; at <= text.length; at += 1)
    expect(placeOf(b.editor.state, pointAt(a.editor.state, at))).toEqual({ at, isExact: true });
});

test('a place in what others do not have yet is where it is typed, and in itself once they have it', () => {
  const { a, b } = two('x = high\ny = low\nbuy(when: x > y)\n');
  a.type(8, 8, ' + 10 +');
  expect(placeOf(b.editor.state, pointAt(a.editor.state, 13))).toEqual({ at: 8, isExact: true });
  expect(placeOf(b.editor.state, pointAt(a.editor.state, 17))).toEqual({ at: 10, isExact: true });
  a.type(13, 15, '');
  a.sync.read();
  const point = pointAt(a.editor.state, 12);
  expect(placeOf(b.editor.state, point)).toEqual({ at: 8, isExact: false });
  sync(a.doc, b.doc);
  b.sync.follow();
  expect(placeOf(b.editor.state, point)).toEqual({ at: 12, isExact: true });
});

test('a place in a statement that one is typing in oneself is found beside what is typed', () => {
  const { a, b } = two('x = high\ny = low\nbuy(when: x > y)\n');
  const point = pointAt(a.editor.state, 8);
  b.type(4, 4, '2 * (');
  expect(placeOf(b.editor.state, point)).toEqual({ at: 13, isExact: true });
});

test('a place in a line that others do not have is at the end of the line above', () => {
  const { a, b } = two('x = high\ny = low\nbuy(when: x > y)\n');
  a.type(8, 8, '\nz = ');
  expect(placeOf(b.editor.state, pointAt(a.editor.state, 12))).toEqual({ at: 8, isExact: true });
  const gone = b.formula();
  b.edit(
    Object.entries(gone.nodes).flatMap(([id, { name }]) => (name === 'y' ? [{ type: 'removeNode' as const, id }] : [])),
  );
  const inY = pointAt(a.editor.state, a.text().indexOf('low'));
  b.sync.follow();
  expect(placeOf(b.editor.state, inY)).toBeUndefined();
});
