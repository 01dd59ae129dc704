import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { anyEdit, anyFormula } from '#collab/testing/arbitrary.ts';
import { replicate } from '#collab/testing/replicas.ts';
import { editsBetween } from '#core/formula/change/apply-edits.ts';
import { reconcile } from '#core/formula/change/reconcile.ts';
import { parse } from '#core/formula/language/parse.ts';
import { print } from '#core/formula/language/print.ts';
import type { Edit } from '#core/formula/model/edit.ts';
import { FORMULA_FORMAT } from '#core/formula/model/formula.ts';
import { carryOver } from './carry-over.ts';
import { rootsOf } from './document-roots.ts';
import { fillDocument } from './fill.ts';
import { burdenOf, rebase } from './rebase.ts';
import { toFormula } from './to-formula.ts';
import { writeEdits } from './write-edits.ts';

const SECOND = { epoch: 2, client: 7 };
const edits = fc.array(anyEdit, { maxLength: 20 });
const formulaIn = (doc: Y.Doc) => toFormula(doc).formula;

function filled(): Y.Doc {
  const doc = new Y.Doc();
  const nodes = {
    price: { block: 'close', name: 'price', args: {} },
    fast: { block: 'sma', name: 'fast', args: { source: { from: 'price' }, period: 10 } },
  };
  fillDocument(doc, { format: FORMULA_FORMAT, nodes, layout: { fast: { x: 1, y: 2 } } }, 'Test');
  return doc;
}

describe('rebase', () => {
  it('says the same with one client and nothing deleted', () => {
    fc.assert(
      fc.property(anyFormula, edits, fc.integer({ min: 2, max: 9 }), (formula, changes, epoch) => {
        const doc = new Y.Doc();
        fillDocument(doc, formula, 'Test');
        writeEdits(doc, changes, null);
        const fresh = rebase(doc, { epoch, client: 7 });
        expect(toFormula(fresh)).toEqual(toFormula(doc));
        expect([...fresh.store.clients.keys()]).toEqual([7]);
        expect([...rootsOf(fresh).nodes.keys()].toSorted()).toEqual(Object.keys(formulaIn(doc).nodes).toSorted());
        expect(rootsOf(fresh).meta.toJSON()).toEqual({ ...rootsOf(doc).meta.toJSON(), epoch });
      }),
    );
  });

  it('takes along what the formula does not have: frames, notes, and what newer clients write', () => {
    const doc = filled();
    rootsOf(doc).frames.set(
      'f',
      new Y.Map<unknown>([
        ['title', 'Entry'],
        ['nodes', Y.Array.from(['fast'])],
      ]),
    );
    rootsOf(doc).notes.set('n', new Y.Map([['text', new Y.Text('why')]]));
    rootsOf(doc).meta.set('theme', 'dark');
    const fresh = rebase(doc, SECOND);
    for (const root of ['frames', 'notes', 'layout'] as const)
      expect(rootsOf(fresh)[root].toJSON()).toEqual(rootsOf(doc)[root].toJSON());
    expect(rootsOf(fresh).meta.get('theme')).toBe('dark');
  });

  it('makes a document that was changed by many as small as a fresh one', () => {
    const doc = filled();
    for (let i = 0; i < 300; i++) {
      const [copy] = replicate(doc, 1);
      if (!copy) throw new Error('one copy');
      copy.clientID = 1000 + i;
      writeEdits(
        copy,
        [
          { type: 'addNode', id: `n${i}`, node: { block: 'ema', args: { period: i } } },
          { type: 'removeNode', id: `n${i}` },
        ],
        null,
      );
      Y.applyUpdate(doc, Y.encodeStateAsUpdate(copy));
    }
    const size = (of: Y.Doc): number => Y.encodeStateAsUpdate(of).length;
    expect(size(doc)).toBeGreaterThan(20 * size(filled()));
    expect(size(rebase(doc, SECOND))).toBeLessThan(1.1 * size(filled()));
    expect(burdenOf(doc).clients).toBe(301);
    expect(burdenOf(doc).dead).toBeGreaterThan(900);
    expect(burdenOf(rebase(doc, SECOND))).toEqual({ clients: 1, dead: 0 });
  });
});

describe('carryOver', () => {
  const two = () => {
    const [committed, mine] = replicate(filled(), 2);
    if (!committed || !mine) throw new Error('two replicas');
    return { committed, mine };
  };
  const set = (id: string, port: string, arg: number): Edit => ({ type: 'setArg', id, port, arg });

  it('makes in a re-based document what was made in the old one', () => {
    fc.assert(
      fc.property(anyFormula, edits, (formula, changes) => {
        const committed = new Y.Doc();
        fillDocument(committed, formula, 'Test');
        const [mine] = replicate(committed, 1);
        if (!mine) throw new Error('one replica');
        writeEdits(mine, changes, null);
        const fresh = rebase(committed, SECOND);
        expect(carryOver({ committed, mine }, fresh, null)).toEqual([]);
        const [{ layout = {}, ...wanted }, { layout: places = {}, ...made }] = [formulaIn(mine), formulaIn(fresh)];
        expect(made).toEqual(wanted);
        // No edit takes a node's place away.
        expect(places).toMatchObject(layout);
      }),
      { numRuns: 500 },
    );
  });

  it('changes nothing but what this person changed', () => {
    const { committed, mine } = two();
    writeEdits(mine, [set('fast', 'period', 20)], null);
    const fresh = rebase(committed, SECOND);
    writeEdits(fresh, [{ type: 'setName', id: 'fast', name: 'quick' }, set('fast', 'offset', 3)], 'colleague');
    carryOver({ committed, mine }, fresh, null);
    expect(formulaIn(fresh).nodes['fast']).toEqual({
      block: 'sma',
      name: 'quick',
      args: { source: { from: 'price' }, period: 20, offset: 3 },
    });
  });

  it('is the same when it is made twice, as by two tabs', () => {
    const { committed, mine } = two();
    writeEdits(
      mine,
      [
        { type: 'addNode', id: 'n', node: { block: 'ema', args: { period: 3 } } },
        { type: 'removeNode', id: 'price' },
        set('fast', 'period', 20),
      ],
      null,
    );
    const fresh = rebase(committed, SECOND);
    carryOver({ committed, mine }, fresh, null);
    const once = formulaIn(fresh);
    carryOver({ committed, mine }, fresh, null);
    expect(formulaIn(fresh)).toEqual(once);
  });

  it('says what it had no place for, and how to bring it back', () => {
    const { committed, mine } = two();
    writeEdits(mine, [set('fast', 'period', 20), { type: 'moveNode', id: 'price', at: { x: 9, y: 9 } }], null);
    const fresh = rebase(committed, SECOND);
    writeEdits(
      fresh,
      [
        { type: 'removeNode', id: 'fast' },
        { type: 'removeNode', id: 'price' },
      ],
      'colleague',
    );
    const lost = carryOver({ committed, mine }, fresh, null);
    expect(formulaIn(fresh).nodes).toEqual({});
    expect(lost).toMatchObject([{ id: 'fast', name: 'fast', block: 'sma' }]);
    writeEdits(
      fresh,
      lost.flatMap(({ back }) => back),
      null,
    );
    expect(formulaIn(fresh)).toMatchObject({
      nodes: { fast: { block: 'sma', name: 'fast', args: { period: 20 } } },
      layout: { fast: { x: 1, y: 2 } },
    });
  });
});

describe('changes that are made offline meet a colleague’s in a re-based document', () => {
  const CODE = 'fastLine = sma(close, 10)\nstrength = rsi(fastLine, 14 * 2)\nweak = strength < 30\n\nbuy(when: weak)\n';

  /**
   * What is printed in the end, and what is lost, when one has changed the code offline and a colleague behind the
   * re-base.
   */
  function merged(
    offline: (code: string) => string,
    colleague: (code: string) => string,
  ): { readonly code: string; readonly lost: readonly string[]; readonly back: string } {
    const committed = new Y.Doc();
    fillDocument(committed, parse(CODE).formula, 'Test');
    const [mine] = replicate(committed, 1);
    if (!mine) throw new Error('one replica');
    const fresh = rebase(committed, SECOND);
    let id = 0;
    const write = (doc: Y.Doc, change: (code: string) => string): void => {
      const wanted = reconcile(formulaIn(doc), parse(change(CODE)).formula, () => `new${(id += 1)}`);
      writeEdits(doc, editsBetween(formulaIn(doc), wanted), null);
    };
    write(mine, offline);
    write(fresh, colleague);
    const lost = carryOver({ committed, mine }, fresh, null);
    const code = print(formulaIn(fresh));
    writeEdits(
      fresh,
      lost.flatMap(({ back }) => back),
      null,
    );
    return { code, lost: lost.map(({ name = '' }) => name), back: print(formulaIn(fresh)) };
  }

  const replaced = (before: string, after: string) => (code: string) => code.replace(before, after);
  const withoutStrength = (code: string): string =>
    code.replace('strength = rsi(fastLine, 14 * 2)\nweak = strength < 30', 'weak = fastLine < 30');

  it('a deletion gives way to a change of the statement, or inside of it [G11]', () => {
    for (const [before, after] of [
      ['14 * 2', '14 * 3'],
      ['rsi(fastLine, 14 * 2)', 'rsi(fastLine, 14 * 2) - 7'],
    ] as const) {
      const { code } = merged(withoutStrength, replaced(before, after));
      expect(code).toContain(CODE.split('\n')[1]?.replace(before, after));
      expect(code).toContain('weak = fastLine < 30');
    }
  });

  it('a deletion gives way to a new use [G11]', () => {
    const { code } = merged(withoutStrength, replaced('\nbuy(', 'calm = strength < 50\n\nbuy('));
    expect(code).toContain('strength = rsi(fastLine, 14 * 2)\n');
    expect(code).toContain('calm = strength < 50\n');
  });

  it('a new use brings back what a colleague has deleted [G11]', () => {
    const { code, lost } = merged(replaced('\nbuy(', 'calm = strength < 50\n\nbuy('), withoutStrength);
    expect(lost).toEqual([]);
    expect(code).toContain('strength = rsi(fastLine, 14 * 2)\n');
    expect(code).toContain('calm = strength < 50\n');
  });

  it('a change of what a colleague has deleted is asked for, and comes back whole [G11]', () => {
    for (const [before, after] of [
      ['14 * 2', '14 * 3'],
      ['rsi(fastLine, 14 * 2)', 'rsi(fastLine, 14 * 2) - 7'],
      ['rsi(fastLine, 14 * 2)', 'ema(fastLine, 14 * 2)'],
    ] as const) {
      const { code, lost, back } = merged(replaced(before, after), withoutStrength);
      expect([code, lost]).toEqual([withoutStrength(CODE), ['strength']]);
      expect(back).toContain(CODE.split('\n')[1]?.replace(before, after));
    }
  });
});
