import fc from 'fast-check';
import * as encoding from 'lib0/encoding';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { BOUNDS } from '#collab/bounds.ts';
import { firstClient } from '#collab/epoch.ts';
import { fillDocument } from '#collab/fill.ts';
import { piecesIn, rebase } from '#collab/rebase.ts';
import { weightOf } from '#collab/scan-update.ts';
import { writeEdits } from '#collab/write-edits.ts';
import { idOf } from '#core/requests/ids.ts';
import { SMALL } from '../testing/harness.ts';
import { checkUpdate } from './check-update.ts';

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

const FORMULA = idOf('formula', crypto.randomUUID());
const check = (doc: Y.Doc, update: Uint8Array, epoch = 1) =>
  checkUpdate({ doc, epoch, id: { formulaId: FORMULA } }, update);

describe('checkUpdate', () => {
  it('takes what our clients write', () => {
    const doc = filled();
    const update = updateOf(doc, (copy) =>
      writeEdits(
        copy,
        [
          { type: 'removeNode', id: 'price' },
          { type: 'addNode', id: 'n', node: { block: 'close', args: { a: [1, 'x'] } } },
        ],
        null,
      ),
    );
    expect(check(doc, update)).toEqual({ kind: 'fine' });
    expect(check(doc, Y.encodeStateAsUpdate(doc))).toEqual({ kind: 'fine' });
  });

  it('asks for what an update builds on', () => {
    const doc = filled();
    const ahead = copyOf(doc);
    ahead.getMap('meta').set('title', 'One');
    const update = updateOf(ahead, (copy) => copy.getMap('meta').set('title', 'Two'));
    expect(check(doc, update)).toEqual({ kind: 'incomplete' });
    expect(
      check(
        new Y.Doc(),
        updateOf(doc, (copy) => copy.getMap('meta').delete('title')),
      ),
    ).toEqual({ kind: 'incomplete' });
  });

  it('takes nothing that an older epoch began with', () => {
    const old = new Y.Doc();
    old.clientID = firstClient(FORMULA, 1);
    fillDocument(old, SMALL, 'Test');
    expect(check(new Y.Doc(), Y.encodeStateAsUpdate(old))).toEqual({ kind: 'fine' });
    const fresh = rebase(old, { epoch: 2, client: firstClient(FORMULA, 2) });
    expect(check(fresh, Y.encodeStateAsUpdate(old), 2)).toEqual({ kind: 'outdated' });
    expect(check(fresh, Y.encodeStateAsUpdate(fresh), 2)).toEqual({ kind: 'fine' });
    expect(
      check(
        fresh,
        updateOf(old, (copy) => copy.getMap('meta').set('title', 'Two')),
        2,
      ),
    ).toEqual({ kind: 'incomplete' });
  });

  it('refuses roots, kinds and contents that a formula has not', () => {
    const doc = filled();
    const kinds = [
      (copy: Y.Doc) => copy.getMap('secrets').set('a', 1),
      (copy: Y.Doc) => copy.getMap('nodes').set('a', new Uint8Array(3)),
      (copy: Y.Doc) => copy.getMap('nodes').set('a', new Y.Doc()),
      (copy: Y.Doc) => copy.getMap('nodes').set('a', new Y.XmlElement('script')),
      (copy: Y.Doc) => copy.getMap('nodes').set('a', new Y.Text('x')),
      (copy: Y.Doc) => copy.getMap('nodes').set('a', new Y.Array()),
    ];
    for (const make of kinds) expect(check(doc, updateOf(doc, make))).toMatchObject({ kind: 'invalid' });
    const list = new Y.Doc();
    list.getArray('nodes').push([1]);
    expect(check(doc, Y.encodeStateAsUpdate(list))).toMatchObject({ kind: 'invalid' });
  });

  it('lets nothing through that Yjs could not apply, however an update is damaged', () => {
    const doc = filled();
    const update = updateOf(doc, (copy) => {
      writeEdits(
        copy,
        [
          { type: 'setArg', id: 'fast', port: 'timePeriod', arg: 20 },
          { type: 'removeNode', id: 'price' },
        ],
        null,
      );
      writeEdits(
        copy,
        [{ type: 'addNode', id: 'n', node: { block: 'close', name: 'n', args: { x: { from: 'fast' } } } }],
        null,
      );
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

  const nested = (depth: number): unknown => Array.from({ length: depth }).reduce<unknown>((inner) => [inner], 1);

  it('counts how deep values are, whatever the stack is [D1]', () => {
    const doc = filled();
    const writes = (depth: number) => updateOf(doc, (copy) => copy.getMap('args').set('fast/x', nested(depth)));
    expect(check(doc, writes(BOUNDS.depth))).toEqual({ kind: 'fine' });
    for (const depth of [BOUNDS.depth + 1, 100, 5_000])
      expect(check(doc, writes(depth))).toMatchObject({ kind: 'invalid' });
    // Deeper than anything that calls itself could read, or write.
    const bytes = rawUpdate(1, (encoder) => {
      value(encoder, 'args', 'a', () => {
        for (let level = 0; level < 500_000; level += 1) encoding.writeUint8Array(encoder, Uint8Array.of(117, 1));
        encoding.writeAny(encoder, null);
      });
    });
    expect(check(doc, bytes)).toMatchObject({ kind: 'invalid', reason: expect.stringContaining('within one another') });
  });

  it('counts how deep maps are, over many updates too [D2]', () => {
    const doc = filled();
    let parent = doc.getMap<unknown>('frames');
    for (let depth = 1; depth <= BOUNDS.maps; depth += 1) {
      const child = new Y.Map<unknown>();
      const at = parent;
      let update = new Uint8Array();
      doc.once('update', (bytes: Uint8Array) => (update = new Uint8Array(bytes)));
      const before = copyOf(doc);
      at.set('in', child);
      expect(check(before, update)).toEqual({ kind: 'fine' });
      parent = child;
    }
    const before = copyOf(doc);
    const vector = Y.encodeStateVector(doc);
    parent.set('in', new Y.Map());
    expect(check(before, Y.encodeStateAsUpdate(doc, vector))).toMatchObject({ kind: 'invalid' });
    expect(check(new Y.Doc(), Y.encodeStateAsUpdate(doc))).toMatchObject({ kind: 'invalid' });
  });

  it('bounds the clients of an update and of a document [D3]', () => {
    const doc = filled();
    const of = (first: number, count: number) =>
      Y.mergeUpdates(
        Array.from({ length: count }, (_, i) => {
          const one = new Y.Doc();
          one.clientID = first + i;
          one.getMap('meta').set(`k${first + i}`, 1);
          return Y.encodeStateAsUpdate(one);
        }),
      );
    expect(check(doc, of(1_000, BOUNDS.clientsInUpdate + 1))).toMatchObject({ kind: 'invalid' });
    for (
      let first = 1_000;
      doc.store.clients.size + BOUNDS.clientsInUpdate <= BOUNDS.clients;
      first += BOUNDS.clientsInUpdate
    ) {
      const update = of(first, BOUNDS.clientsInUpdate);
      expect(check(doc, update)).toEqual({ kind: 'fine' });
      Y.applyUpdate(doc, update);
    }
    expect(check(doc, of(1_000_000, BOUNDS.clientsInUpdate))).toMatchObject({ kind: 'tooLarge' });
    expect(
      check(
        doc,
        updateOf(doc, (copy) => {
          copy.clientID = 1;
          copy.getMap('meta').set('title', 'Two');
        }),
      ),
    ).toEqual({ kind: 'fine' });
  });

  it('bounds the nodes of a document, with those that are deleted [D4]', () => {
    const full = new Y.Doc();
    const nodes = full.getMap('nodes');
    full.transact(() => {
      for (let index = 0; index < BOUNDS.nodes; index += 1) nodes.set(`n${index}`, new Y.Map());
    });
    const after = (change: (copy: Y.Doc) => void) => {
      const copy = new Y.Doc();
      Y.applyUpdate(copy, Y.encodeStateAsUpdate(full));
      const before = Y.encodeStateVector(copy);
      change(copy);
      return checkUpdate(
        { doc: full, epoch: 1, id: { formulaId: idOf('formula', crypto.randomUUID()) } },
        Y.encodeStateAsUpdate(copy, before),
      ).kind;
    };
    expect(after((copy) => copy.getMap('nodes').set('one more', new Y.Map()))).toBe('tooLarge');
    expect(after((copy) => copy.getMap('meta').set('title', 'still edited'))).toBe('fine');
    expect(after((copy) => copy.getMap('nodes').delete('n7'))).toBe('fine');
  });

  it('refuses what Yjs would search for long: many changes that build on one, cuts of one piece in many [D5]', () => {
    const doc = filled();
    const crowd = rawUpdate(20_000, (encoder) => {
      for (let i = 0; i < 20_000; i += 1) value(encoder, 'meta', 'a', () => encoding.writeAny(encoder, i));
    });
    expect(check(doc, crowd)).toMatchObject({ kind: 'invalid' });
    const several = rawUpdate(1, (encoder) => {
      encoding.writeUint8(encoder, 8 | 32);
      encoding.writeVarUint(encoder, 1);
      encoding.writeVarString(encoder, 'meta');
      encoding.writeVarString(encoder, 'a');
      encoding.writeVarUint(encoder, 40_000);
      for (let i = 0; i < 40_000; i += 1) encoding.writeAny(encoder, 1);
    });
    expect(check(doc, several)).toMatchObject({ kind: 'invalid' });
  });

  it('refuses changes of two clients that build on one another', () => {
    const doc = filled();
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, 2);
    for (const [client, other] of [
      [50, 51],
      [51, 50],
    ] as const) {
      for (const number of [1, client, 0]) encoding.writeVarUint(encoder, number);
      encoding.writeUint8(encoder, 8 | 128);
      for (const number of [other, 0, 1]) encoding.writeVarUint(encoder, number);
      encoding.writeAny(encoder, 1);
    }
    encoding.writeVarUint(encoder, 0);
    expect(check(doc, encoding.toUint8Array(encoder))).toMatchObject({ kind: 'invalid' });
  });

  it('takes long histories of two people who write the same while apart', () => {
    const doc = filled();
    const [ada, ben] = [copyOf(doc), copyOf(doc)];
    [ada.clientID, ben.clientID] = [10, 11];
    for (const one of [ada, ben]) for (let i = 0; i < 4_000; i += 1) one.getMap('layout').set('fast', [i, i]);
    for (const one of [ada, ben]) {
      const update = Y.encodeStateAsUpdate(one, Y.encodeStateVector(doc));
      expect(check(doc, update)).toEqual({ kind: 'fine' });
      Y.applyUpdate(doc, update);
    }
  });
});

/** An update of client 77 with so many changes, without deletions. */
function rawUpdate(count: number, write: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder();
  for (const number of [1, count, 77, 0]) encoding.writeVarUint(encoder, number);
  write(encoder);
  encoding.writeVarUint(encoder, 0);
  return encoding.toUint8Array(encoder);
}

function value(encoder: encoding.Encoder, root: string, key: string, write: () => void): void {
  encoding.writeUint8(encoder, 8 | 32);
  encoding.writeVarUint(encoder, 1);
  encoding.writeVarString(encoder, root);
  encoding.writeVarString(encoder, key);
  encoding.writeVarUint(encoder, 1);
  write();
}

describe('the pieces of a document [D6]', () => {
  /** So many registers, each written once, by a client of its own. */
  const pieces = (count: number, client: number): Uint8Array => {
    const doc = new Y.Doc();
    doc.clientID = client;
    doc.transact(() => {
      for (let i = 0; i < count; i += 1) doc.getMap('args').set(`${client}-${i}/x`, i);
    });
    return Y.encodeStateAsUpdate(doc);
  };

  it('are bounded as merged, whatever is written; something small can still be removed, and what is there is no growth', () => {
    const doc = copyOf(filled());
    const refused: number[] = [];
    for (let client = 10; client < 18; client += 1) {
      const update = pieces(9_000, client);
      const found = check(doc, update);
      if (found.kind === 'fine') Y.applyUpdate(doc, update);
      else refused.push(client);
      expect(piecesIn(doc)).toBeLessThanOrEqual(BOUNDS.piecesInDocument);
    }
    expect(refused).toEqual([16, 17]);
    expect(check(doc, pieces(9_000, 17))).toMatchObject({
      kind: 'tooLarge',
      reason: expect.stringContaining('60,000'),
    });
    expect(check(doc, pieces(9_000, 10)).kind).toBe('fine');
    Y.applyUpdate(doc, pieces(BOUNDS.piecesInDocument - piecesIn(doc), 20));
    const removal = updateOf(doc, (copy) => writeEdits(copy, [{ type: 'removeNode', id: 'fast' }], null));
    expect(check(doc, removal).kind).toBe('fine');
    for (let client = 30; piecesIn(doc) < BOUNDS.piecesForSmall; client += 1) {
      const update = pieces(BOUNDS.smallUpdate, client);
      if (check(doc, update).kind !== 'fine') break;
      Y.applyUpdate(doc, update);
    }
    expect(piecesIn(doc)).toBeLessThanOrEqual(BOUNDS.piecesForSmall);
  });

  it('are reckoned before as Yjs makes them, or more: no update adds more than it is refused for', () => {
    const edits = fc.array(
      fc.record({ key: fc.constantFrom('a', 'b', 'c'), value: fc.oneof(fc.nat(), fc.constant(null)) }),
      { minLength: 1, maxLength: 30 },
    );
    fc.assert(
      fc.property(edits, edits, (first, second) => {
        const doc = filled();
        for (const [client, list] of [
          [50, first],
          [51, second],
        ] as const) {
          const update = updateOf(doc, (copy) => {
            copy.clientID = client;
            for (const { key, value } of list)
              if (value === null) copy.getMap('meta').delete(key);
              else copy.getMap('meta').set(key, value);
          });
          const before = piecesIn(doc);
          Y.applyUpdate(doc, update);
          expect(piecesIn(doc) - before).toBeLessThanOrEqual(2 * (weightOf(update)?.pieces ?? 0));
        }
      }),
    );
  });

  it('and values within lists are bounded in an update', () => {
    const doc = new Y.Doc();
    doc.getMap('args').set(
      'a/x',
      Array.from({ length: BOUNDS.values + 1 }, () => ({})),
    );
    expect(check(new Y.Doc(), Y.encodeStateAsUpdate(doc))).toMatchObject({ kind: 'invalid' });
  });
});
