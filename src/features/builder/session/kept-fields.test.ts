import { expect, test } from 'vitest';
import { applyEdits } from '#core/formula/change/apply-edits.ts';
import { parse } from '#core/formula/language/parse.ts';
import type { Edit } from '#core/formula/model/edit.ts';
import type { Formula } from '#core/formula/model/formula.ts';
import { KeptFields } from './kept-fields.ts';

/** A browser's storage and a formula; `page` is a page of that browser, which may be opened again. */
function world(code: string) {
  const kept = new Map<string, string>();
  const store = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  let formula: Formula = parse(code).formula;
  let canEdit = true;
  const change = (edits: readonly Edit[]) => {
    formula = applyEdits(formula, edits);
  };
  const page = (knows: () => Formula = () => formula): KeptFields => {
    const fields: KeptFields = new KeptFields({
      store,
      userId: 'ada',
      formulaId: 'f',
      formula: knows,
      canEdit: () => canEdit,
      edit: (edits) => {
        change(edits);
        fields.supersede();
      },
    });
    fields.meet();
    return fields;
  };
  const id = Object.entries(formula.nodes).find(([, { name }]) => name === 'slow')?.[0] ?? '';
  return {
    page,
    change,
    id,
    kept,
    formula: () => formula,
    period: () => formula.nodes[id]?.args['timePeriod'],
    mayEdit: (may: boolean) => {
      canEdit = may;
    },
  };
}
const CODE = 'slow = ema(close, 40)\n\nbuy(when: close > slow)\n';

test('what is typed is said until it is taken, and then no more', () => {
  const { page, id, period, kept } = world(CODE);
  const fields = page();
  fields.type(id, 'timePeriod', '9');
  fields.type(id, 'timePeriod', '95');
  expect(fields.untaken()).toEqual({ wrong: [], isTyping: true, isKept: true });
  expect(fields.take(id, 'timePeriod')).toBe(true);
  expect(period()).toBe(95);
  expect([fields.untaken().isTyping, fields.read(id, 'timePeriod'), kept.size]).toEqual([false, null, 0]);
});

test('what is not taken stays with its reason, and a later change of one’s own ends it', () => {
  const { page, id, period, change } = world(CODE);
  const fields = page();
  fields.type(id, 'timePeriod', '1,000');
  expect(fields.take(id, 'timePeriod')).toBe(false);
  expect(period()).toBe(40);
  expect(fields.untaken().wrong).toMatchObject([{ node: id, field: 'timePeriod', text: '1,000' }]);
  expect(page().read(id, 'timePeriod')).toMatchObject({ text: '1,000', problem: expect.any(String) });
  // A colleague's change leaves the text there.
  change([{ type: 'setArg', id, port: 'timePeriod', arg: 41 }]);
  expect(fields.read(id, 'timePeriod')?.text).toBe('1,000');
  fields.supersede();
  expect(fields.read(id, 'timePeriod')).toBeNull();
});

test('a page that is left takes its text when it is there again, unless the formula has changed: then it asks', () => {
  const { page, id, period, change } = world(CODE);
  const first = page();
  first.type(id, 'timePeriod', '96');
  first.leave();
  const again = page();
  expect([period(), again.untaken().wrong]).toEqual([96, []]);
  again.type(id, 'timePeriod', '97');
  again.leave();
  change([{ type: 'setArg', id, port: 'timePeriod', arg: 50 }]);
  const third = page();
  expect([period(), third.read(id, 'timePeriod')?.text, third.untaken().wrong.length]).toEqual([50, '97', 1]);
  // Passing by is no answer.
  third.left(id, 'timePeriod');
  expect(period()).toBe(50);
  expect(third.take(id, 'timePeriod')).toBe(true);
  expect(period()).toBe(97);
});

test('a crash loses nothing: the text is there again, and is not taken unasked', () => {
  const { page, id, period } = world(CODE);
  page().type(id, 'timePeriod', '9');
  const again = page();
  expect([period(), again.read(id, 'timePeriod')?.text, again.untaken().wrong.length]).toEqual([40, '9', 1]);
});

test('a text waits for its node and for the right to edit', () => {
  const { page, id, period, mayEdit } = world(CODE);
  const first = page();
  first.type(id, 'timePeriod', '96');
  first.leave();
  let formula: Formula = parse('').formula;
  const again = page(() => formula);
  expect(again.untaken().wrong).toEqual([]);
  mayEdit(false);
  const other = page();
  expect(period()).toBe(40);
  mayEdit(true);
  other.meet();
  expect(period()).toBe(96);
  formula = parse('').formula;
});

test('names and comments are kept, too, and tabs leave each other’s texts alone', () => {
  const { page, id } = world(CODE);
  const [one, two] = [page(), page()];
  one.type(id, '@name', 'close');
  two.type(id, '@comment', 'why 40');
  expect(one.take(id, '@name')).toBe(false);
  expect(one.read(id, '@name')?.problem).toContain('has a meaning already');
  two.type(id, '@comment', 'why 40?');
  const third = page();
  expect([third.read(id, '@name')?.text, third.read(id, '@comment')?.text]).toEqual(['close', 'why 40?']);
  third.discardAll();
  expect(page().read(id, '@name')).toBeNull();
});

test('the text of a note is kept over a reload, and joined with what a colleague has written meanwhile', () => {
  const { page, change, formula } = world(CODE);
  const note = { x: 0, y: 0, width: 200, height: 120, color: 'yellow' as const };
  change([{ type: 'setNote', id: 'n', note: { ...note, text: 'start' } }]);
  const first = page();
  first.type('n', '@text', 'start ADA');
  first.leave();
  change([{ type: 'setNote', id: 'n', note: { ...note, x: 40, text: 'start BEN' } }]);
  page();
  expect(formula().notes?.['n']).toMatchObject({ text: 'start BEN ADA', x: 40 });
});

test('a note that is gone leaves the text with its reason; the title of a frame is kept as names are', () => {
  const { page, change, formula } = world(CODE);
  const area = { x: 0, y: 0, width: 200, height: 120 };
  change([
    { type: 'setNote', id: 'n', note: { ...area, color: 'yellow', text: '' } },
    { type: 'setFrame', id: 'f', frame: { ...area, color: 'blue', title: '' } },
  ]);
  const fields = page();
  fields.type('n', '@text', 'precious');
  fields.type('f', '@title', 'Lines');
  change([{ type: 'setNote', id: 'n', note: null }]);
  expect(fields.take('n', '@text')).toBe(false);
  expect(fields.untaken().wrong).toMatchObject([{ text: 'precious', message: 'The note is gone.' }]);
  fields.leave();
  page();
  expect(formula().frames?.['f']?.title).toBe('Lines');
});

test('a function is not called as a block is', () => {
  const { page, formula } = world('fn mid(a) = a / 2\n\nbuy(when: close > mid(open))\n');
  const id = Object.entries(formula().nodes).find(([, { block }]) => block === 'fn')?.[0] ?? '';
  const fields = page();
  for (const name of ['sma', 'buy', '', '1a']) {
    fields.type(id, '@name', name);
    expect(fields.take(id, '@name')).toBe(false);
  }
  fields.type(id, '@name', 'half');
  expect(fields.take(id, '@name')).toBe(true);
  expect(formula().nodes[id]?.name).toBe('half');
});
