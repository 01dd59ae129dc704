import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import type { Edit } from '#core/formula/model/edit.ts';
import { EMPTY_FORMULA } from '#core/formula/model/formula.ts';
import { fillDocument } from './fill.ts';
import { joinTexts } from './join-texts.ts';
import { toFormula } from './to-formula.ts';
import { writeEdits } from './write-edits.ts';

const NOTE = { x: 0, y: 0, width: 9, height: 9, text: 'one two three', color: 'blue' } as const;
const write = (text: string): Edit => ({ type: 'setNote', id: 'n', note: { ...NOTE, text } });
const textIn = (doc: Y.Doc): string | undefined => toFormula(doc).formula.notes?.['n']?.text;

/** Two people with one document, whose changes reach the other when they are exchanged. */
function pair(clients: readonly [number, number]) {
  const first = new Y.Doc();
  fillDocument(first, { ...EMPTY_FORMULA, notes: { n: NOTE } }, 'Test');
  const docs = clients.map((client) => {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(first));
    doc.clientID = client;
    joinTexts(doc, () => true);
    return doc;
  });
  const [one, two] = [docs[0] ?? first, docs[1] ?? first];
  const exchange = async (): Promise<void> => {
    // What is joined is a change of its own, which travels with the next exchange.
    for (let count = 0; count < 3; count += 1) {
      const [a, b] = [Y.encodeStateAsUpdate(one), Y.encodeStateAsUpdate(two)];
      Y.applyUpdate(one, b);
      Y.applyUpdate(two, a);
      await Promise.resolve();
    }
  };
  return { one, two, exchange };
}

test.each([
  [1, 2],
  [2, 1],
] as const)('[G16] two who write one note at the same moment: both texts stand, for both (%i, %i)', async (a, b) => {
  const { one, two, exchange } = pair([a, b]);
  writeEdits(one, [write('one and a half two three')], 'ada');
  writeEdits(two, [write('one two three four')], 'ben');
  await exchange();
  expect([textIn(one), textIn(two)]).toEqual(['one and a half two three four', 'one and a half two three four']);
});

test('[G16] what replaces a text that its writer has read is no second text', async () => {
  const { one, two, exchange } = pair([1, 2]);
  writeEdits(one, [write('one')], 'ada');
  await exchange();
  writeEdits(two, [write('two')], 'ben');
  await exchange();
  expect([textIn(one), textIn(two)]).toEqual(['two', 'two']);
});

test('[G16] whatever two people type at the same moments, no letter of it is lost, and both have the same', async () => {
  const step = fc.record({
    who: fc.boolean(),
    letter: fc.constantFrom(...'abcdefgh'),
    at: fc.nat(),
    sync: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 10 }), async (steps) => {
      const { one, two, exchange } = pair([1, 2]);
      let typed = '';
      for (const { who, letter, at, sync } of steps) {
        const doc = who ? one : two;
        const text = textIn(doc) ?? '';
        const place = at % (text.length + 1);
        writeEdits(doc, [write(text.slice(0, place) + letter + text.slice(place))], who ? 'ada' : 'ben');
        typed += letter;
        if (sync) await exchange();
      }
      await exchange();
      await exchange();
      expect(textIn(one)).toBe(textIn(two));
      for (const letter of new Set(typed)) {
        const count = (text: string): number => text.split(letter).length - 1;
        expect([letter, count(textIn(one) ?? '') >= count(NOTE.text + typed)]).toEqual([letter, true]);
      }
    }),
  );
});
