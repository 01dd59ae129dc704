import { changeKeyOf } from '#core/diff/change-key.ts';
import { describeChange } from '#core/diff/describe.ts';
import { diff } from '#core/diff/diff.ts';
import { fromJson } from '#core/formula/json/json.ts';
import { EMPTY_FORMULA, type Formula } from '#core/formula/model/formula.ts';

/** Two formulas as JSON; `before`: null where there was none. */
export interface Compared {
  readonly before: string | null;
  readonly json: string;
}

/** A change as it is told to people. */
export interface ToldChange {
  /** Which change it is, whatever else is changed beside it. */
  readonly key: string;
  /** The statement that it changes; null where it is about none. */
  readonly nodeId: string | null;
  /** What the statement is called. */
  readonly label: string;
  readonly sentence: string;
}

const read = (json: string): Formula => {
  const formula = fromJson(JSON.parse(json));
  return formula.ok ? formula.value : EMPTY_FORMULA;
};

export const changesIn = ({ before, json }: Compared): readonly ToldChange[] =>
  changesOf(before === null ? EMPTY_FORMULA : read(before), read(json));

/** What differs in meaning and in the code, statement by statement; not where nodes lie on the canvas. */
export function changesOf(before: Formula, after: Formula): readonly ToldChange[] {
  return diff(before, after).changes.flatMap((change) =>
    change.kind === 'moved'
      ? []
      : [
          {
            key: changeKeyOf(change),
            nodeId: 'id' in change ? change.id : null,
            label: 'label' in change ? change.label : 'The end of the code',
            sentence: describeChange(change),
          },
        ],
  );
}
