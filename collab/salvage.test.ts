import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { anyEdit, anyFormula } from '#collab/testing/arbitrary.ts';
import { FORMULA_FORMAT } from '#core/formula/model/formula.ts';
import { fillDocument } from './fill.ts';
import { fillGaps, isIncomplete, salvage } from './salvage.ts';
import { toFormula } from './to-formula.ts';
import { writeEdits } from './write-edits.ts';

/** A document, as the list of its updates. */
const anyHistory = fc
  .tuple(anyFormula, fc.array(fc.array(anyEdit, { maxLength: 4 }), { maxLength: 8 }))
  .map(([formula, steps]) => {
    const doc = new Y.Doc();
    const updates: Uint8Array[] = [];
    doc.on('update', (update: Uint8Array) => updates.push(update));
    fillDocument(doc, formula, 'Test');
    for (const edits of steps) writeEdits(doc, edits, null);
    return { doc, updates };
  });

/** What a bad disk makes of bytes. */
const anyDamage = fc.oneof(
  fc.record({ kind: fc.constant('cut' as const), at: fc.nat() }),
  fc.record({ kind: fc.constant('changed' as const), at: fc.nat(), to: fc.integer({ min: 0, max: 255 }) }),
  fc.record({ kind: fc.constant('rubbish' as const), bytes: fc.uint8Array({ maxLength: 200 }) }),
  fc.record({ kind: fc.constant('gone' as const) }),
);
type Damage = typeof anyDamage extends fc.Arbitrary<infer T> ? T : never;

function damaged(update: Uint8Array, damage: Damage): unknown {
  switch (damage.kind) {
    case 'cut':
      return update.slice(0, damage.at % update.length);
    case 'changed':
      return update.with(damage.at % update.length, damage.to);
    case 'rubbish':
      return damage.bytes;
    case 'gone':
      return undefined;
  }
}

describe('fillGaps', () => {
  it('shows what was changed after a change that is lost', () => {
    const base = new Y.Doc();
    fillDocument(base, { format: FORMULA_FORMAT, nodes: { fast: { block: 'sma', args: { timePeriod: 10 } } } }, 'Test');
    const updates: Uint8Array[] = [];
    const tab = new Y.Doc();
    Y.applyUpdate(tab, Y.encodeStateAsUpdate(base));
    tab.on('update', (update: Uint8Array) => updates.push(update));
    for (let i = 0; i < 3; i += 1)
      writeEdits(
        tab,
        [
          { type: 'addNode', id: `n${i}`, node: { block: 'sma', args: {} } },
          { type: 'setArg', id: 'fast', port: 'timePeriod', arg: 20 + i },
        ],
        null,
      );
    const mine = new Y.Doc({ gc: false });
    for (const update of [Y.encodeStateAsUpdate(base), updates[0], updates[2]]) if (update) Y.applyUpdate(mine, update);
    expect(fillGaps(mine)).toBe(true);
    expect([isIncomplete(mine), Object.keys(toFormula(mine).formula.nodes)]).toEqual([false, ['fast', 'n0', 'n2']]);
    expect(fillGaps(mine)).toBe(false);
  });
});

describe('salvage', () => {
  it('reads all of a document that is whole', () => {
    fc.assert(
      fc.property(anyHistory, ({ doc, updates }) => {
        const { doc: read, read: which } = salvage(updates);
        expect(which).toEqual(updates.map((_, at) => at));
        expect(toFormula(read)).toEqual(toFormula(doc));
      }),
    );
  });

  it('reads what stands before the damage, whatever the damage is, and gives a document that can be read and edited', () => {
    fc.assert(
      fc.property(
        anyHistory,
        fc.nat(),
        anyDamage,
        fc.array(anyEdit, { maxLength: 3 }),
        ({ updates }, place, damage, edits) => {
          const at = place % updates.length;
          const bad = updates.map((update, index) => (index === at ? damaged(update, damage) : update));
          const { doc, read } = salvage(bad);
          expect(isIncomplete(doc)).toBe(false);
          expect(read.slice(0, at)).toEqual(updates.slice(0, at).map((_, index) => index));
          writeEdits(doc, edits, null);
          const copy = new Y.Doc();
          Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
          expect(toFormula(copy)).toEqual(toFormula(doc));
        },
      ),
    );
  });
});
