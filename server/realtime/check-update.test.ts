import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { applyEdits } from '#collab/apply-edits.ts';
import { firstClient } from '#collab/epoch.ts';
import { fillDocument } from '#collab/fill.ts';
import { rebase } from '#collab/rebase.ts';
import { checkUpdate } from './check-update.ts';
import { SMALL } from './testing/harness.ts';

function copyOf(doc: Y.Doc): Y.Doc {
  const copy = new Y.Doc();
  for (const root of ['nodes', 'args', 'layout', 'frames', 'notes', 'meta']) copy.getMap(root);
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  return copy;
}

function filled(): Y.Doc {
  const doc = new Y.Doc();
  doc.clientID = 1;
  fillDocument(doc, SMALL, 'Test');
  return doc;
}

/** What `make` changes in a copy. */
function updateOf(doc: Y.Doc, make: (copy: Y.Doc) => void): Uint8Array {
  const copy = copyOf(doc);
  copy.clientID = 2;
  make(copy);
  return Y.encodeStateAsUpdate(copy, Y.encodeStateVector(doc));
}

const FORMULA = crypto.randomUUID();
const check = (doc: Y.Doc, update: Uint8Array, epoch = 1) => checkUpdate({ doc, epoch, id: { formulaId: FORMULA } }, update);

describe('checkUpdate', () => {
  it('takes what our clients write', () => {
    const doc = filled();
    const update = updateOf(doc, (copy) => applyEdits(copy, [{ type: 'removeNode', id: 'price' }, { type: 'addNode', id: 'n', node: { block: 'close', args: { a: [1, 'x'] } } }], null));
    expect(check(doc, update)).toEqual({ kind: 'fine' });
    expect(check(doc, Y.encodeStateAsUpdate(doc))).toEqual({ kind: 'fine' });
  });

  it('asks for what an update builds on', () => {
    const doc = filled();
    const ahead = copyOf(doc);
    ahead.getMap('meta').set('title', 'One');
    const update = updateOf(ahead, (copy) => copy.getMap('meta').set('title', 'Two'));
    expect(check(doc, update)).toEqual({ kind: 'incomplete' });
    expect(check(new Y.Doc(), updateOf(doc, (copy) => copy.getMap('meta').delete('title')))).toEqual({ kind: 'incomplete' });
  });

  it('takes nothing that an older epoch began with', () => {
    const old = new Y.Doc();
    old.clientID = firstClient(FORMULA, 1);
    fillDocument(old, SMALL, 'Test');
    expect(check(new Y.Doc(), Y.encodeStateAsUpdate(old))).toEqual({ kind: 'fine' });
    const fresh = rebase(old, { epoch: 2, client: firstClient(FORMULA, 2) });
    expect(check(fresh, Y.encodeStateAsUpdate(old), 2)).toEqual({ kind: 'outdated' });
    expect(check(fresh, Y.encodeStateAsUpdate(fresh), 2)).toEqual({ kind: 'fine' });
    expect(check(fresh, updateOf(old, (copy) => copy.getMap('meta').set('title', 'Two')), 2)).toEqual({ kind: 'incomplete' });
  });

  it('refuses roots, kinds and contents that a formula has not', () => {
    const doc = filled();
    const kinds = [
      (copy: Y.Doc) => copy.getMap('secrets').set('a', 1),
      (copy: Y.Doc) => copy.getMap('nodes').set('a', new Uint8Array(3)),
      (copy: Y.Doc) => copy.getMap('nodes').set('a', new Y.Doc()),
      (copy: Y.Doc) => copy.getMap('nodes').set('a', new Y.XmlElement('script')),
    ];
    for (const make of kinds) expect(check(doc, updateOf(doc, make))).toMatchObject({ kind: 'invalid' });
    const list = new Y.Doc();
    list.getArray('nodes').push([1]);
    expect(check(doc, Y.encodeStateAsUpdate(list))).toMatchObject({ kind: 'invalid' });
  });

  it('lets nothing through that Yjs could not apply, however an update is damaged', () => {
    const doc = filled();
    const update = updateOf(doc, (copy) => {
      applyEdits(copy, [{ type: 'setArg', id: 'fast', port: 'timePeriod', arg: 20 }, { type: 'removeNode', id: 'price' }], null);
      applyEdits(copy, [{ type: 'addNode', id: 'n', node: { block: 'close', name: 'n', args: { x: { from: 'fast' } } } }], null);
    });
    const damage = fc.array(fc.tuple(fc.nat(update.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 });
    const damaged = damage.map((changes) => {
      const bytes = update.slice();
      for (const [at, value] of changes) bytes[at] = value;
      return bytes;
    });
    fc.assert(
      fc.property(fc.oneof(damaged, fc.uint8Array({ maxLength: 200 })), (bytes) => {
        const { kind } = check(doc, bytes);
        if (kind !== 'fine') return;
        const copy = copyOf(doc);
        Y.applyUpdate(copy, bytes);
        expect([copy.store.pendingStructs, copy.store.pendingDs]).toEqual([null, null]);
      }),
      { numRuns: 3000 },
    );
  });
});
