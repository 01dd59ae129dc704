import { EditorState } from '@codemirror/state';
import { expect, test } from 'vitest';
import { functionAt, nameAt, occurrencesOf } from './occurrences.ts';

const CODE = `fn mid(a, n = 2) =
    s = a + n
    return s / 2

fn low(a) =
    s = a - 1
    return s

a = mid(close)
s = low(a)
buy(when: s > a)
`;
const state = EditorState.create({ doc: CODE });
const at = (text: string, nth = 0): number => {
  let place = -1;
  for (let count = 0; count <= nth; count += 1) place = CODE.indexOf(text, place + 1);
  return place;
};
const linesOf = (place: number): readonly number[] =>
  occurrencesOf(state, nameAt(state, place) ?? '', place).map(({ from }) => state.doc.lineAt(from).number);

test('a name of a function is mentioned in that function alone', () => {
  expect(linesOf(at('s = a + n'))).toEqual([2, 3]);
  expect(linesOf(at('s = a - 1'))).toEqual([6, 7]);
  expect(linesOf(at('s = low'))).toEqual([10, 11]);
});

test('so is a parameter, with or without a value', () => {
  expect(linesOf(at('(a') + 1)).toEqual([1, 2]);
  expect(linesOf(at('n = 2'))).toEqual([1, 2]);
  expect(linesOf(at('a = mid'))).toEqual([9, 10, 11]);
});

test('a function has a name where it is made and where it is called', () => {
  expect(linesOf(at('mid'))).toEqual([1, 9]);
  expect(linesOf(at('low(a)', 1))).toEqual([5, 10]);
  expect(functionAt(state, at('mid'))).toBeNull();
  expect(nameAt(state, at('close'))).toBeUndefined();
});
