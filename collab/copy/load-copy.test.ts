import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { fillDocument } from '#collab/fill.ts';
import { fillGaps, isIncomplete } from '#collab/salvage.ts';
import { anyEdit, anyFormula } from '#collab/testing/arbitrary.ts';
import { toFormula } from '#collab/to-formula.ts';
import { writeEdits } from '#collab/write-edits.ts';
import { loadCopy } from './load-copy.ts';
import type { Row, StoredCopy } from './store.ts';

/** A copy of one row committed, some more, and some of one's own; with the document of which it is a copy. */
const anyCopy = fc
  .tuple(anyFormula, fc.array(anyEdit, { minLength: 1, maxLength: 8 }), fc.nat({ max: 8 }))
  .map(([formula, edits, committed]): { doc: Y.Doc; copy: StoredCopy } => {
    const doc = new Y.Doc();
    const rows: Row[] = [];
    doc.on('update', (bytes: Uint8Array) => rows.push({ id: String(rows.length), bytes }));
    fillDocument(doc, formula, 'Test');
    for (const edit of edits) writeEdits(doc, [edit], null);
    return {
      doc,
      copy: { epoch: 1, canEdit: true, committed: rows.slice(0, 1 + committed), own: rows.slice(1 + committed) },
    };
  });

const damage = (rows: readonly Row[], id: string, bytes: Uint8Array): Row[] =>
  rows.map((row) => (row.id === id ? { ...row, bytes } : row));
const RUBBISH = Uint8Array.of(255, 255, 255, 255, 1);

describe('a copy that a browser kept', () => {
  it('is read as it is when it is whole', () => {
    fc.assert(
      fc.property(anyCopy, ({ doc, copy }) => {
        const loaded = loadCopy(copy);
        expect(loaded).toMatchObject({ copy, damaged: [] });
        expect(toFormula(loaded.mine)).toEqual(toFormula(doc));
      }),
    );
  });

  it('of which one row is damaged gives up that row alone', () => {
    fc.assert(
      fc.property(anyCopy, fc.nat(), ({ doc, copy }, place) => {
        const all = [...copy.committed, ...copy.own];
        const bad = all[place % all.length]?.id ?? '';
        const { mine, left, damaged } = loadCopy({
          ...copy,
          committed: damage(copy.committed, bad, RUBBISH),
          own: damage(copy.own, bad, RUBBISH),
        });
        expect(damaged).toContain(bad);
        expect(left.map(({ id }) => id)).toEqual(copy.own.map(({ id }) => id).filter((id) => id !== bad));
        // As once the server has sent what is committed.
        for (const { bytes } of [...copy.committed, ...left]) Y.applyUpdate(mine, bytes);
        const hadGaps = fillGaps(mine);
        expect(isIncomplete(mine)).toBe(false);
        if (copy.committed.some(({ id }) => id === bad))
          expect([hadGaps, toFormula(mine)]).toEqual([false, toFormula(doc)]);
      }),
    );
  });
});
