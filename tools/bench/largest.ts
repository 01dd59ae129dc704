import * as Y from 'yjs';
import { fillDocument } from '#collab/fill.ts';
import { rebase } from '#collab/rebase.ts';
import { toFormula } from '#collab/to-formula.ts';
import { editsBetween } from '#core/formula/change/apply-edits.ts';
import { reconcile } from '#core/formula/change/reconcile.ts';
import { check } from '#core/formula/check/check.ts';
import { fromJsonText, toJson } from '#core/formula/json/json.ts';
import { contentHash } from '#core/formula/language/hash.ts';
import { parse } from '#core/formula/language/parse.ts';
import { print } from '#core/formula/language/print.ts';
import { LONGEST_CODE } from '#core/formula/language/read-statements.ts';
import { MOST_NODES, type Formula } from '#core/formula/model/formula.ts';
import { linesOfCode } from './language.ts';
import { medianOf } from './measure.ts';

export interface LargestRow {
  readonly shape: string;
  readonly work: string;
  readonly nodes: number;
  readonly characters: number;
  readonly milliseconds: number;
  /** Beside half of the formula: 2 is linear. */
  readonly growth: number;
}

/** Formulas of so many parts, the largest of which are the largest allowed. */
const SHAPES: readonly (readonly [name: string, parts: number, code: (parts: number) => string])[] = [
  [
    'one condition of comparisons',
    1_600,
    (parts) => `buy(when: ${Array.from({ length: parts }, (_, index) => `close > ${index}`).join(' and ')})`,
  ],
  ['lines of all kinds', 1_400, linesOfCode],
  [
    'names of names',
    MOST_NODES - 10,
    (parts) =>
      Array.from({ length: parts }, (_, index) => `v${index} = ${index === 0 ? 'close' : `v${index - 1}`}`).join('\n'),
  ],
  ['a text as long as code may be', LONGEST_CODE - 100, (parts) => `# ${'x'.repeat(parts)}\nbuy(when: close > open)`],
];

/** What is done to the largest formulas that are allowed: each function grows with them, not faster. */
export function benchLargest(): readonly LargestRow[] {
  return SHAPES.flatMap(([shape, parts, codeOf]) => {
    const [half, whole] = [workOn(codeOf(Math.floor(parts / 2))), workOn(codeOf(parts))];
    return whole.work.map(([work, run], at) => {
      const milliseconds = medianOf(run, 300);
      return {
        shape,
        work,
        nodes: whole.nodes,
        characters: whole.characters,
        milliseconds,
        growth: milliseconds / medianOf(half.work[at]?.[1] ?? run, 300),
      };
    });
  });
}

function workOn(code: string): {
  readonly nodes: number;
  readonly characters: number;
  readonly work: readonly (readonly [name: string, run: () => void])[];
} {
  const { formula } = parse(code);
  const edited = parse(code.replace('close', 'open')).formula;
  const json = toJson(formula);
  const doc = documentOf(formula);
  return {
    nodes: Object.keys(formula.nodes).length,
    characters: code.length,
    work: [
      ['read', () => void parse(code)],
      ['check', () => void check(formula)],
      ['print', () => void print(formula)],
      ['hash', () => void contentHash(formula)],
      ['an edit', () => void editsBetween(formula, reconcile(formula, edited, freshIds()))],
      ['read JSON', () => void fromJsonText(json)],
      ['fill a document', () => documentOf(formula).destroy()],
      ['read a document', () => void toFormula(doc)],
      ['re-base a document', () => rebase(doc, { epoch: 2, client: 7 }).destroy()],
    ],
  };
}

function documentOf(formula: Formula): Y.Doc {
  const doc = new Y.Doc();
  fillDocument(doc, formula, 'Largest');
  return doc;
}

function freshIds(): () => string {
  let count = 0;
  return () => `fresh${(count += 1)}`;
}
