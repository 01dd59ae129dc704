import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { parse } from '#core/formula/language/parse.ts';
import type { Edit } from '#core/formula/model/edit.ts';
import { fillDocument } from './fill.ts';
import { rebase } from './rebase.ts';
import { toFormula } from './to-formula.ts';
import { writeEdits } from './write-edits.ts';

const BARE = parse('line = sma(close, 10)\nup = close > line\nbuy(when: up)\n').formula;
const idOf = (name: string): string => Object.entries(BARE.nodes).find(([, node]) => node.name === name)?.[0] ?? '';
const [LINE, UP] = [idOf('line'), idOf('up')];
const KEY = `${UP}/b`;
const WAY = [{ x: 10, y: 20 }];
const LEAD: Edit = { type: 'setBends', id: KEY, bends: WAY };

function documentOf(...edits: readonly Edit[]): Y.Doc {
  const doc = new Y.Doc();
  fillDocument(doc, BARE, 'Led');
  writeEdits(doc, edits, null);
  return doc;
}

const bendsIn = (doc: Y.Doc) => toFormula(doc).formula.bends;

describe('points that a wire is led through, in the shared document', () => {
  test('come with the document, into a copy of it and through a re-base', () => {
    const doc = documentOf(LEAD);
    expect(bendsIn(doc)).toEqual({ [KEY]: WAY });
    const copy = new Y.Doc();
    fillDocument(copy, toFormula(doc).formula, 'Copy');
    expect(bendsIn(copy)).toEqual({ [KEY]: WAY });
    expect(bendsIn(rebase(doc, { epoch: 7, client: 9 }))).toEqual({ [KEY]: WAY });
  });

  test('go with the wire, come back with undo, and not with another wire', () => {
    const doc = documentOf(LEAD);
    const undo = new Y.UndoManager([doc.getMap('args'), doc.getMap('layout')], { trackedOrigins: new Set(['me']) });
    writeEdits(doc, [{ type: 'clearArg', id: UP, port: 'b' }], 'me');
    expect(bendsIn(doc)).toBeUndefined();
    undo.undo();
    expect(bendsIn(doc)).toEqual({ [KEY]: WAY });
    undo.redo();
    writeEdits(doc, [{ type: 'setArg', id: UP, port: 'b', arg: { from: LINE } }], 'me');
    expect(bendsIn(doc)).toBeUndefined();
    undo.destroy();
  });

  test('two people lead one wire at the same moment: both see one of the two ways', () => {
    const [ours, theirs] = [documentOf(LEAD), new Y.Doc()];
    Y.applyUpdate(theirs, Y.encodeStateAsUpdate(ours));
    writeEdits(ours, [{ ...LEAD, bends: [{ x: 1, y: 1 }] }], null);
    writeEdits(
      theirs,
      [
        {
          ...LEAD,
          bends: [
            { x: 2, y: 2 },
            { x: 3, y: 3 },
          ],
        },
      ],
      null,
    );
    Y.applyUpdate(theirs, Y.encodeStateAsUpdate(ours));
    Y.applyUpdate(ours, Y.encodeStateAsUpdate(theirs));
    expect(bendsIn(ours)).toEqual(bendsIn(theirs));
    expect([1, 2]).toContain(bendsIn(ours)?.[KEY]?.length);
  });

  test('what a hostile client writes there is not shown', () => {
    const doc = documentOf();
    const layout = doc.getMap('layout');
    for (const value of [[1], [1, 'x'], [], 'way', Array.from({ length: 1000 }, () => 1)]) {
      layout.set(KEY, value);
      expect(bendsIn(doc)).toBeUndefined();
    }
    layout.set(`${LINE}/timePeriod`, [1, 2]);
    layout.set('constructor/x', [1, 2]);
    expect(bendsIn(doc)).toBeUndefined();
  });
});
