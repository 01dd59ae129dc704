import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { applyEdits, editsBetween } from '#core/formula/change/apply-edits.ts';
import { reconcile } from '#core/formula/change/reconcile.ts';
import { fromJson, toJson } from '#core/formula/json/json.ts';
import { contentHash } from '#core/formula/language/hash.ts';
import { parse } from '#core/formula/language/parse.ts';
import { MOST_ANNOTATIONS, type Frame, type StickyNote } from '#core/formula/model/annotations.ts';
import type { Edit } from '#core/formula/model/edit.ts';
import type { Formula } from '#core/formula/model/formula.ts';
import { rootsOf } from './document-roots.ts';
import { fillDocument } from './fill.ts';
import { rebase } from './rebase.ts';
import { anyEdit } from './testing/arbitrary.ts';
import { toFormula } from './to-formula.ts';
import { Undo } from './undo.ts';
import { writeEdits } from './write-edits.ts';

const FRAME: Frame = { x: 0, y: 0, width: 300, height: 200, title: 'Entry', color: 'blue' };
const NOTE: StickyNote = { x: 5, y: 6, width: 100, height: 80, text: 'why\nnot', color: 'yellow' };
const BASE: Formula = {
  ...parse('fast = sma(close, 10)\nbuy(when: close > fast)\n').formula,
  frames: { f: FRAME },
  notes: { n: NOTE },
};

function open(formula: Formula = BASE): Y.Doc {
  const doc = new Y.Doc();
  fillDocument(doc, formula, 'Test');
  return doc;
}
const formulaOf = (doc: Y.Doc): Formula => toFormula(doc).formula;
const setFrame = (change: Partial<Frame> | null): Edit => ({
  type: 'setFrame',
  id: 'f',
  frame: change && { ...FRAME, ...change },
});
/** Two people who do not know of each other, and what both have then. */
function together(a: readonly Edit[], b: readonly Edit[]): Formula {
  const [one, two] = [open(), new Y.Doc()];
  Y.applyUpdate(two, Y.encodeStateAsUpdate(one));
  writeEdits(one, a, 'a');
  writeEdits(two, b, 'b');
  Y.applyUpdate(one, Y.encodeStateAsUpdate(two));
  Y.applyUpdate(two, Y.encodeStateAsUpdate(one));
  expect(formulaOf(two)).toEqual(formulaOf(one));
  return formulaOf(one);
}

describe('frames and notes in the document', () => {
  test('[G13] of two people who change one frame nothing is lost: one moves it, the other names it', () => {
    expect(together([setFrame({ x: 50 })], [setFrame({ title: 'Exit', color: 'red' })]).frames).toEqual({
      f: { ...FRAME, x: 50, title: 'Exit', color: 'red' },
    });
  });

  test('[G13] a move beats a deletion that has not seen it; any other change does not', () => {
    expect(together([setFrame({ x: 50 })], [setFrame(null)]).frames?.['f']?.x).toBe(50);
    expect(together([setFrame({ title: 'Exit' })], [setFrame(null)]).frames).toBeUndefined();
  });

  test('they are no part of what the strategy says', () => {
    const { frames: _frames, notes: _notes, ...bare } = BASE;
    expect(contentHash(BASE)).toBe(contentHash(bare));
  });

  test('they stay through changes of the code, copies, JSON and a re-base', () => {
    const parsed = parse('fast = sma(close, 12)\nsell(when: close < fast)\n').formula;
    let count = 0;
    const doc = open();
    writeEdits(
      doc,
      editsBetween(
        formulaOf(doc),
        reconcile(formulaOf(doc), parsed, () => `new${(count += 1)}`),
      ),
      'code',
    );
    expect(formulaOf(doc)).toMatchObject({ frames: BASE.frames, notes: BASE.notes });
    expect(formulaOf(rebase(doc, { epoch: 2, client: 7 }))).toMatchObject({ frames: BASE.frames, notes: BASE.notes });
    const read = fromJson(JSON.parse(toJson(formulaOf(doc))));
    expect(read.ok && read.value.frames).toEqual(BASE.frames);
    expect(read.ok && read.value.notes).toEqual(BASE.notes);
  });

  test('a re-base leaves nothing behind of what was deleted', () => {
    const [one, two] = [open(), new Y.Doc()];
    Y.applyUpdate(two, Y.encodeStateAsUpdate(one));
    writeEdits(one, [setFrame(null)], 'a');
    writeEdits(two, [setFrame({ title: 'Exit' })], 'b');
    Y.applyUpdate(one, Y.encodeStateAsUpdate(two));
    expect(rootsOf(one).frames.size).toBeGreaterThan(0);
    expect(rootsOf(rebase(one, { epoch: 2, client: 7 })).frames.size).toBe(0);
  });

  test('undo takes back what this person did with a frame, and nothing of a colleague', () => {
    const doc = open();
    const undo = new Undo(doc, 'ada');
    writeEdits(doc, [setFrame({ x: 90 })], 'ada');
    writeEdits(doc, [setFrame({ x: 90, title: 'Exit' })], 'ben');
    undo.undo();
    expect(formulaOf(doc).frames?.['f']).toEqual({ ...FRAME, title: 'Exit' });
    undo.redo();
    expect(formulaOf(doc).frames?.['f']).toEqual({ ...FRAME, title: 'Exit', x: 90 });
    writeEdits(doc, [{ type: 'setNote', id: 'n', note: null }], 'ada');
    undo.undo();
    expect(formulaOf(doc).notes).toEqual(BASE.notes);
    undo.destroy();
  });

  test('the document does with edits what a plain formula does', () => {
    fc.assert(
      fc.property(fc.array(anyEdit, { maxLength: 12 }), (edits) => {
        const own = edits.filter(({ type }) => type === 'setFrame' || type === 'setNote');
        const doc = open();
        writeEdits(doc, own, 'ada');
        const [is, wanted] = [formulaOf(doc), applyEdits(BASE, own)];
        expect([is.frames, is.notes]).toEqual([wanted.frames, wanted.notes]);
        expect(applyEdits(BASE, editsBetween(BASE, wanted))).toEqual(wanted);
      }),
    );
  });

  test('what another client writes there is read value by value, and never more than some', () => {
    const doc = open();
    const { frames, notes } = rootsOf(doc);
    frames.set('f/color', 'pink');
    frames.set('f/title', 4);
    frames.set('f/in', 'no id');
    frames.set('g/area', [0, 0, -1, 5]);
    frames.set('h/area', 'here');
    for (let count = 0; count < MOST_ANNOTATIONS + 20; count += 1) notes.set(`m${count}/area`, [0, 0, 1, 1]);
    expect(formulaOf(doc).frames).toEqual({ f: { ...FRAME, color: 'grey', title: '' } });
    expect(Object.keys(formulaOf(doc).notes ?? {})).toHaveLength(MOST_ANNOTATIONS);
  });

  test.each([
    [{ frames: { f: { ...FRAME, color: 'pink' } } }, 'color'],
    [{ frames: { f: { ...FRAME, width: 0 } } }, 'width'],
    [{ notes: { n: { ...NOTE, text: 'x'.repeat(3_000) } } }, 'text'],
    [{ notes: { n: { ...NOTE, more: 1 } } }, 'more'],
    [{ notes: [] }, 'notes'],
    [{ frames: { f: { ...FRAME, in: 'no id' } } }, 'in'],
  ])('JSON with a wrong frame or note is refused with what is wrong: %#', (wrong, word) => {
    const read = fromJson({ ...BASE, ...wrong });
    expect(read.ok).toBe(false);
    if (!read.ok) expect(read.error.map(({ message }) => message).join(' ')).toContain(word);
  });
});
