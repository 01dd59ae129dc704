import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { fillDocument } from '#collab/fill.ts';
import { parse } from '#core/formula/language/parse.ts';
import { TypedText } from '../../session/typed-text.ts';
import { openReplica, type Replica } from '../testing/replica.ts';
import { begunAs, retyped, typedParts, withoutTyped } from './keep-typed.ts';
import { codeTextField, fromFormula } from './text-field.ts';

const CODE = 'fastLine = sma(close, 10)\nstrength = rsi(close, 14)\n\nbuy(when: strength > fastLine)\n';

function open(doc?: Y.Doc): Replica {
  const fresh = doc ?? new Y.Doc();
  if (!doc) fillDocument(fresh, parse(CODE).formula, 'test');
  return openReplica(fresh);
}

function replaceIn(replica: Replica, before: string, after: string): void {
  const at = replica.text().indexOf(before);
  replica.type(at, at + before.length, after);
}

function retype(replica: Replica, typed: ReturnType<typeof typedParts>): void {
  replica.editor.dispatch({ changes: retyped(replica.editor.state, typed).map((change) => ({ ...change })) });
  replica.editor.dispatch(
    fromFormula(begunAs(replica.editor.state.field(codeTextField), typed, replica.formula()), []),
  );
}

test.each([
  ['in a statement', 'rsi(close, 14)', 'rsi(close, thresh'],
  ['as a new line', 'strength = rsi(close, 14)\n', 'strength = rsi(close, 14)\nweak = strength >\n'],
  ['in place of two', 'sma(close, 10)\nstrength = rsi(', 'sma(close, 10) strength = rsi('],
  ['at the top', 'fastLine =', 'oops(\nfastLine ='],
  ['at the end', 'fastLine)\n', 'fastLine)\nsell(when: nothing)\n'],
])(
  'what is typed %s is there again when the formula is opened again, and can be discarded',
  (_where, before, after) => {
    const replica = open();
    replaceIn(replica, before, after);
    expect(replica.sync.read()).toBe('problems');
    const text = replica.text();
    const again = open(replica.doc);
    expect(again.text()).toBe(CODE);
    retype(again, typedParts(replica.editor.state));
    expect(again.text()).toBe(text);
    expect(again.sync.read()).toBe('problems');
    again.editor.dispatch({ changes: withoutTyped(again.editor.state).map((change) => ({ ...change })) });
    expect(again.text()).toBe(CODE);
    expect(again.sync.read()).toBe('nothing');
  },
);

test('it stands where its statement is now, also when a colleague has changed others, and is taken once it reads', () => {
  const replica = open();
  replaceIn(replica, 'rsi(close, 14)', 'rsi(close, 2');
  const typed = typedParts(replica.editor.state);
  const again = open(replica.doc);
  replaceIn(again, 'sma(close, 10)', 'ema(close, 100)');
  again.sync.read();
  retype(again, typed);
  replaceIn(again, 'rsi(close, 2', 'rsi(close, 21)');
  expect(again.sync.read()).toBe('changed');
  expect(again.text()).toBe(CODE.replace('sma(close, 10)', 'ema(close, 100)').replace('14', '21'));
});

test.each([
  [
    'another argument: both stand',
    'rsi(close, 14)',
    'rsi(high, 14',
    'rsi(close, 20)',
    'rsi(high, 14',
    'rsi(high, 14)',
    'rsi(high, 20)',
  ],
  [
    'with what it is named after: both stand',
    'strength = rsi(close, 14)',
    'strength = rsi(fastLine, 14',
    'strength = rsi(close, 20)',
    'rsi(fastLine, 14',
    'rsi(fastLine, 14)',
    'strength = rsi(fastLine, 20)',
  ],
  [
    'the same number: that of the person stands, as at one moment',
    'rsi(close, 14)',
    'rsi(close, 9',
    'rsi(close, 20)',
    'rsi(close, 9',
    'rsi(close, 9)',
    'rsi(close, 9)',
  ],
])(
  'it does not take back what a colleague has changed in its statement meanwhile: %s [G10]',
  (_what, before, faulty, theirs, from, to, merged) => {
    const replica = open();
    replaceIn(replica, before, faulty);
    expect(replica.sync.read()).toBe('problems');
    const typed = JSON.parse(JSON.stringify(typedParts(replica.editor.state))) as ReturnType<typeof typedParts>;
    const again = open(replica.doc);
    replaceIn(again, before, theirs);
    expect(again.sync.read()).toBe('changed');
    const third = open(replica.doc);
    retype(third, typed);
    replaceIn(third, from, to);
    expect(third.sync.read()).toBe('changed');
    expect(third.text()).toBe(CODE.replace(before, merged));
  },
);

function shelf() {
  const kept = new Map<string, string>();
  const store = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  const of = (userId: string, formulaId = 'f', tab = 'first') => new TypedText({ store, userId, formulaId, tab });
  return { kept, of };
}

const part = (text: string) => ({ text, over: ['n1'], was: {}, behind: null, isAtEnd: false });

test('text that is not taken is counted, kept for one person and one formula, and forgotten once it is taken', () => {
  const { kept, of } = shelf();
  const parts = [part('\nx = nothing +\n\ny = x')];
  const ada = of('ada');
  ada.tell(parts, []);
  expect(ada.untaken().lines).toBe(2);
  expect(of('ada').kept()).toEqual(parts);
  expect(of('ada').untaken().lines).toBe(2);
  expect(of('ben').untaken().lines + of('ada', 'g').untaken().lines).toBe(0);
  ada.tell([], []);
  expect(of('ada').kept()).toEqual([]);
  expect(kept.size).toBe(0);
  kept.set('alphaloom-typed/ada/f', '{"damaged');
  expect(of('ada').kept()).toEqual([]);
});

test('what is typed is kept, and not called saved, from the key on: before it is read', () => {
  const { of } = shelf();
  const ada = of('ada');
  ada.typed([part('x = rsi(close, 2)')]);
  expect(ada.untaken()).toMatchObject({ lines: 0, isUnread: true, isKept: true });
  expect(of('ada', 'f', 'later').kept()).toEqual([part('x = rsi(close, 2)')]);
  ada.tell([], []);
  expect(ada.untaken().isUnread).toBe(false);
  expect(of('ada', 'f', 'later').kept()).toEqual([]);
});

test('a tab in which nothing is typed, or all is taken, does not forget what another tab has typed', () => {
  const { of } = shelf();
  const [first, second] = [of('ada', 'f', 'first'), of('ada', 'f', 'second')];
  first.tell([part('x = rsi(')], []);
  second.tell([part('y = ema(')], []);
  second.tell([], []);
  expect(of('ada', 'f', 'third').kept()).toEqual([part('x = rsi(')]);
});

test('a text that two tabs show is there once, and gone once either has taken it', () => {
  const { of } = shelf();
  const first = of('ada', 'f', 'first');
  first.tell([part('x = rsi(')], []);
  const second = of('ada', 'f', 'second');
  second.tell(second.kept(), []);
  first.tell([part('x = rsi(')], []);
  const third = of('ada', 'f', 'third');
  expect(third.kept()).toEqual([part('x = rsi(')]);
  third.tell([], []);
  expect(of('ada').kept()).toEqual([]);
});

test('where the browser keeps nothing, what is typed counts as not kept', () => {
  const ada = new TypedText({ store: null, userId: 'ada', formulaId: 'f', tab: 'first' });
  ada.typed([part('x = ')]);
  expect(ada.untaken().isKept).toBe(false);
  ada.tell([], []);
  expect(ada.untaken()).toEqual({ lines: 0, problems: [], isUnread: false, isKept: true });
});
