import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { anyEdit, anyFormula, connected, withoutStrays } from '#collab/testing/arbitrary.ts';
import { argsWithValue, FilledArgs } from '#collab/testing/filled.ts';
import { pull, replicate, sync } from '#collab/testing/replicas.ts';
import type { Edit } from '#core/formula/model/edit.ts';
import { FORMULA_FORMAT, type Arg, type Formula } from '#core/formula/model/formula.ts';
import { rootsOf } from './document-roots.ts';
import { fillDocument } from './fill.ts';
import { repairFormula } from './repair.ts';
import { toFormula } from './to-formula.ts';
import { Undo } from './undo.ts';
import { writeEdits } from './write-edits.ts';

const FORMULA: Formula = {
  format: FORMULA_FORMAT,
  nodes: {
    fast: { block: 'input', name: 'fast', comment: 'why', args: { value: 10, min: 5, max: 100 } },
    price: { block: 'close', name: 'price', args: {} },
    line: { block: 'sma', name: 'line', args: { source: { from: 'price' }, timePeriod: { from: 'fast' } } },
  },
  layout: { fast: { x: 1, y: 2 } },
};

interface Person {
  readonly doc: Y.Doc;
  readonly undo: Undo;
  edit(...edits: readonly Edit[]): void;
}

/**
 * People with copies of one formula. Of two who write at once it depends on their client ids who stands: `order` says
 * who has the greater.
 */
function people(count: number, formula = FORMULA, order: 'first' | 'last' = 'last'): Person[] {
  const doc = new Y.Doc();
  doc.clientID = 1;
  fillDocument(doc, formula, 'Test');
  return replicate(doc, count).map((copy, index) => {
    copy.clientID = order === 'last' ? index + 101 : 200 - index;
    const origin = Symbol('this person');
    return { doc: copy, undo: new Undo(copy, origin), edit: (...edits) => writeEdits(copy, edits, origin) };
  });
}

function two(order: 'first' | 'last', formula = FORMULA): readonly [Person, Person] {
  const [ada, ben] = people(2, formula, order);
  if (!ada || !ben) throw new Error('two people');
  return [ada, ben];
}

/** Both send what they have made before either hears of the other. */
function cross([a, b]: readonly [Person, Person]): void {
  const updates = [a, b].map(({ doc }) => Y.encodeStateAsUpdate(doc));
  for (const { doc } of [a, b]) for (const update of updates) Y.applyUpdate(doc, update, 'network');
}

const nodesOf = ({ doc }: Person) => toFormula(doc).formula.nodes;
const set = (id: string, port: string, arg: Arg): Edit => ({ type: 'setArg', id, port, arg });

describe.each(['first', 'last'] as const)('two people write at once, and the %s stands', (order) => {
  const registers: readonly (readonly [
    what: string,
    edit: (value: number) => Edit,
    read: (person: Person) => unknown,
  ])[] = [
    ['an input', (value) => set('fast', 'value', value), (person) => nodesOf(person)['fast']?.args['value']],
    [
      'the least value of an input',
      (value) => set('fast', 'min', value),
      (person) => nodesOf(person)['fast']?.args['min'],
    ],
    [
      'an argument that was wired',
      (value) => set('line', 'source', value),
      (person) => nodesOf(person)['line']?.args['source'],
    ],
    [
      'a name',
      (value) => ({ type: 'setName', id: 'fast', name: `n${value}` }),
      (person) => nodesOf(person)['fast']?.name,
    ],
    [
      'a comment',
      (value) => ({ type: 'setComment', id: 'fast', comment: `n${value}` }),
      (person) => nodesOf(person)['fast']?.comment,
    ],
    [
      'a block',
      (value) => ({ type: 'setBlock', id: 'line', block: value === 41 ? 'ema' : 'wma' }),
      (person) => nodesOf(person)['line']?.block,
    ],
    [
      'a place on the canvas',
      (value) => ({ type: 'moveNode', id: 'fast', at: { x: value, y: 0 } }),
      ({ doc }) => toFormula(doc).formula.layout?.['fast'],
    ],
  ];

  it.each(registers)(
    '%s: whoever undoes, and in whatever order, leaves what the other wrote or what was there before',
    (_what, edit, read) => {
      for (const whoFirst of [0, 1]) {
        for (const exchanged of [true, false]) {
          const pair = two(order);
          const before = read(pair[0]);
          pair[0].edit(edit(41));
          pair[1].edit(edit(42));
          const written = pair.map(read);
          if (exchanged) sync(pair[0].doc, pair[1].doc);
          const [first, second] = whoFirst === 0 ? pair : [pair[1], pair[0]];
          first.undo.undo();
          sync(pair[0].doc, pair[1].doc);
          expect([before, written[1 - whoFirst]]).toContainEqual(read(first));
          second.undo.undo();
          sync(pair[0].doc, pair[1].doc);
          expect([before, ...written]).toContainEqual(read(first));
          expect(read(second)).toEqual(read(first));
        }
      }
    },
  );

  it('an argument that was empty: what the other wrote stands, not nothing', () => {
    for (const who of [0, 1]) {
      const pair = two(order);
      pair[0].edit(set('line', 'offset', 1));
      pair[1].edit(set('line', 'offset', 2));
      cross(pair);
      pair[who]?.undo.undo();
      sync(pair[0].doc, pair[1].doc);
      expect(nodesOf(pair[0])['line']?.args['offset']).toBe(2 - who);
    }
  });

  it('the order of statements is one that somebody has seen', () => {
    const pair = two(order);
    const names = (person: Person) => Object.keys(nodesOf(person));
    pair[0].edit({ type: 'reorder', id: 'line', after: null });
    pair[1].edit({ type: 'reorder', id: 'line', after: 'fast' });
    sync(pair[0].doc, pair[1].doc);
    pair[0].undo.undo();
    sync(pair[0].doc, pair[1].doc);
    expect([
      ['fast', 'price', 'line'],
      ['fast', 'line', 'price'],
    ]).toContainEqual(names(pair[0]));
  });
});

describe('undo and redo', () => {
  const one = (): Person => two('last')[0];

  it('go through several changes of one register, there and back', () => {
    const ada = one();
    for (const value of [20, 30, 40]) ada.edit(set('fast', 'value', value));
    const value = () => nodesOf(ada)['fast']?.args['value'];
    for (const wanted of [30, 20, 10]) {
      ada.undo.undo();
      expect(value()).toBe(wanted);
    }
    expect(ada.undo.canUndo()).toBe(false);
    for (const wanted of [20, 30, 40]) {
      ada.undo.redo();
      expect(value()).toBe(wanted);
    }
    expect(ada.undo.canRedo()).toBe(false);
  });

  it('take a step back as a whole that was made in one go', () => {
    const ada = one();
    ada.undo.join(false, () => ada.edit(set('fast', 'value', 20)));
    ada.undo.join(true, () => ada.edit(set('fast', 'value', 21), { type: 'setName', id: 'fast', name: 'quick' }));
    ada.undo.undo();
    expect(nodesOf(ada)['fast']).toEqual(FORMULA.nodes['fast']);
    ada.undo.redo();
    expect(nodesOf(ada)['fast']).toMatchObject({ name: 'quick', args: { value: 21 } });
  });

  it('pass over a step that colleagues have wholly overwritten', () => {
    const [ada, ben] = two('last');
    ada.edit(set('fast', 'min', 6));
    ada.edit(set('fast', 'value', 20));
    sync(ada.doc, ben.doc);
    ben.edit(set('fast', 'value', 30));
    sync(ada.doc, ben.doc);
    ada.undo.undo();
    expect(nodesOf(ada)['fast']?.args).toEqual({ value: 30, min: 5, max: 100 });
  });

  it('bring a wire back together with the node that it comes from', () => {
    const [ada, ben] = two('last');
    ada.edit(
      { type: 'addNode', id: 'high', node: { block: 'high', name: 'high', args: {} } },
      set('line', 'source', { from: 'high' }),
    );
    sync(ada.doc, ben.doc);
    ben.edit({ type: 'removeNode', id: 'price' });
    sync(ada.doc, ben.doc);
    ada.undo.undo();
    sync(ada.doc, ben.doc);
    expect(nodesOf(ben)).toEqual(FORMULA.nodes);
  });

  it('keep what a colleague has changed in a node that is taken back and made again', () => {
    const [ada, ben] = two('last');
    ada.edit({ type: 'addNode', id: 'n', node: { block: 'ema', args: { timePeriod: 3 } } });
    sync(ada.doc, ben.doc);
    ben.edit(set('n', 'timePeriod', 4));
    sync(ada.doc, ben.doc);
    ada.undo.undo();
    expect(nodesOf(ada)).not.toHaveProperty('n');
    ada.undo.redo();
    expect(nodesOf(ada)['n']).toEqual({ block: 'ema', args: { timePeriod: 4 } });
  });
});

it('a deletion that is made again still hides what it hid, when the next step gives a leftover its port back', () => {
  const [ada] = people(1, {
    format: FORMULA_FORMAT,
    nodes: { f: { block: 'sma', args: {} }, a: { block: 'close', args: { source: { from: 'f' } } } },
  });
  if (!ada) throw new Error('one person');
  ada.edit({ type: 'removeNode', id: 'f' });
  ada.edit({ type: 'setBlock', id: 'a', block: 'sma' });
  const end = nodesOf(ada);
  for (const _ of [1, 2]) ada.undo.undo();
  for (const _ of [1, 2]) ada.undo.redo();
  expect(nodesOf(ada)).toEqual(end);
});

describe('the law of undo', () => {
  const who = fc.nat(2);
  const step = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        do: fc.constant('edit' as const),
        who,
        edits: fc.array(anyEdit, { minLength: 1, maxLength: 3 }),
      }),
    },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('pull' as const), who, from: who }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('undo' as const), who }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('redo' as const), who }) },
  );

  it('no argument that had a value on every replica becomes empty by an undo, now or once all have everything', () => {
    fc.assert(
      fc.property(anyFormula, fc.array(step, { maxLength: 40 }), fc.boolean(), (formula, steps, isReversed) => {
        const everybody = people(3, formula, isReversed ? 'first' : 'last').map((person) => ({
          ...person,
          filled: new FilledArgs(),
        }));
        const docs = everybody.map(({ doc }) => doc);
        for (const one of steps) {
          const person = everybody[one.who];
          if (!person) continue;
          if (one.do === 'edit') person.filled.during(person.doc, () => person.edit(...one.edits));
          else if (one.do === 'pull') pull(person.doc, docs[one.from] ?? person.doc);
          else if (one.do === 'redo') person.filled.during(person.doc, () => person.undo.redo());
          else {
            const staying = person.filled.mustStay(docs);
            person.undo.undo();
            const merged = new Y.Doc();
            for (const doc of docs) Y.applyUpdate(merged, Y.encodeStateAsUpdate(doc));
            for (const key of staying)
              expect([argsWithValue(person.doc).has(key), argsWithValue(merged).has(key)]).toEqual([true, true]);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('one person alone comes back to where the steps began, and then to where they ended', () => {
    fc.assert(
      fc.property(
        anyFormula,
        fc.array(fc.array(anyEdit, { minLength: 1, maxLength: 4 }), { maxLength: 12 }),
        (formula, gestures) => {
          // What no block takes is not shown, and a price that only such a wire needs may not be either.
          const [ada] = people(1, repairFormula(withoutStrays(formula)).formula);
          if (!ada) return;
          const says = () =>
            JSON.stringify([withoutStrays(toFormula(ada.doc).formula), rootsOf(ada.doc).meta.get('epilogue') ?? null]);
          const begin = says();
          for (const edits of gestures) {
            const added = new Set(edits.flatMap((edit) => (edit.type === 'addNode' ? [edit.id] : [])));
            // No gesture deletes what it adds.
            ada.edit(
              ...connected(
                toFormula(ada.doc).formula,
                edits.filter((edit) => edit.type !== 'removeNode' || !added.has(edit.id)),
              ),
            );
          }
          const end = says();
          while (ada.undo.canUndo()) ada.undo.undo();
          expect(says()).toBe(begin);
          while (ada.undo.canRedo()) ada.undo.redo();
          expect(says()).toBe(end);
        },
      ),
      { numRuns: 300 },
    );
  });
});
