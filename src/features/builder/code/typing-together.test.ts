import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { fillDocument } from '#collab/fill.ts';
import { replicate, sync } from '#collab/testing/replicas.ts';
import { parse } from '#core/formula/language/parse.ts';
import { print } from '#core/formula/language/print.ts';
import { SCALE } from '#core/formula/testing/scale.ts';
import { openReplica, type Replica } from './testing/replica.ts';

/** A statement in which two people type on, each at the end of its condition. */
interface Scene {
  readonly code: string;
  readonly statement: string;
  readonly condition: string;
}
const SELL: Scene = {
  code: `quick = ema(close, 9)
slow = ema(close, 40)

buy(when: quick > slow)
sell(when: quick < slow)
`,
  statement: 'sell(',
  condition: 'quick < slow',
};
const ADDED = {
  ada: [' and close > 1', ' or rsi(close, 7) > 70', ' + 1', ' * volume'],
  ben: [' or close > 2', ' and crossover(low, close)', ' - 2 * high', ' / low'],
} as const;
type Person = keyof typeof ADDED;
type Step = Person | 'adaReads' | 'benReads' | 'exchange';

/** Types one letter more where this person's cursor is. */
function typeOn({ editor }: Replica, letter: string): void {
  const { head } = editor.state.selection.main;
  editor.dispatch({
    changes: { from: head, insert: letter },
    selection: { anchor: head + letter.length },
    userEvent: 'input.type',
  });
}

const statementIn = (code: string, { statement }: Scene): string =>
  code.split('\n').find((line) => line.startsWith(statement)) ?? '';

function typeTogether(scene: Scene, added: Readonly<Record<Person, string>>, steps: readonly Step[], isTurned = false) {
  const doc = new Y.Doc();
  doc.clientID = 1000;
  fillDocument(doc, parse(scene.code).formula, 'test');
  const [a, b] = replicate(doc, 2);
  if (!a || !b) throw new Error('two replicas');
  [a.clientID, b.clientID] = isTurned ? [1, 2] : [2, 1];
  const people = { ada: openReplica(a), ben: openReplica(b) };
  const left = { ...added };
  const shown = new Set([statementIn(scene.code, scene)]);
  for (const { editor, text } of Object.values(people))
    editor.dispatch({ selection: { anchor: text().indexOf(scene.condition) + scene.condition.length } });
  const step = (what: Step): void => {
    if (what === 'adaReads') people.ada.sync.read();
    else if (what === 'benReads') people.ben.sync.read();
    else if (what === 'exchange') {
      sync(a, b);
      for (const { sync: texts } of Object.values(people)) texts.follow();
    } else if (left[what] !== '') {
      typeOn(people[what], left[what].slice(0, 1));
      left[what] = left[what].slice(1);
      shown.add(statementIn(people[what].text(), scene));
    }
  };
  steps.forEach(step);
  while (left.ada !== '') step('ada');
  while (left.ben !== '') step('ben');
  for (let round = 0; round < 4; round += 1) (['adaReads', 'benReads', 'exchange'] as const).forEach(step);
  const [forAda, forBen] = [print(people.ada.formula()), print(people.ben.formula())];
  return { forAda, forBen, statement: statementIn(forAda, scene), shown };
}

/** As the formula would print what stood on a screen; nothing where that could not be read. */
function printed(text: string, scene: Scene): readonly string[] {
  const code = scene.code.replace(statementIn(scene.code, scene), () => text);
  const { formula, diagnostics } = parse(code);
  return diagnostics.length > 0 ? [] : [statementIn(print(formula), scene)];
}

const beginnings = (text: string): readonly string[] =>
  Array.from({ length: text.length + 1 }, (_, length) => text.slice(0, length));

/** What both have typed, one behind the other: letters in different parts of a condition lose nothing to each other. */
const merged = (scene: Scene, { ada, ben }: Readonly<Record<Person, string>>): readonly string[] => {
  const before = statementIn(scene.code, scene);
  return beginnings(ada).flatMap((first) =>
    beginnings(ben).flatMap((second) =>
      [first + second, second + first].map((text) => before.replace(scene.condition, () => scene.condition + text)),
    ),
  );
};

describe('two people type on in one condition', () => {
  test('what stands is what one of them had on the screen, or both, in whatever order letters, readings and messages come', () => {
    fc.assert(
      fc.property(
        fc.record({ ada: fc.constantFrom(...ADDED.ada), ben: fc.constantFrom(...ADDED.ben) }),
        fc.array(fc.constantFrom<Step>('ada', 'ben', 'adaReads', 'benReads', 'exchange'), {
          minLength: 20,
          maxLength: 90,
        }),
        fc.boolean(),
        (added, steps, isTurned) => {
          const { forAda, forBen, statement, shown } = typeTogether(SELL, added, steps, isTurned);
          expect(forBen).toBe(forAda);
          const allowed = [...shown, ...merged(SELL, added)];
          if (!allowed.includes(statement))
            expect([...shown].flatMap((text) => printed(text, SELL))).toContain(statement);
        },
      ),
      { numRuns: 40 * SCALE },
    );
  });

  test('a colleague’s operator is not given the rest of one’s own condition [G14]', () => {
    const ada = new Array<Step>(10).fill('ada');
    const steps: readonly Step[] = [...ada, 'adaReads', ...ada, 'exchange'];
    const { statement, forAda, forBen } = typeTogether(SELL, { ada: ' and close > 1', ben: ' or close > 2' }, steps);
    expect(forBen).toBe(forAda);
    expect(['sell(when: quick < slow and close > 1)', 'sell(when: quick < slow or close > 2 and close)']).toContain(
      statement,
    );
  });
});
