import { parse } from '#core/formula/language/parse.ts';
import { readHistory, writeHistory, type History } from '#core/history/history-file.ts';
import { merge } from '#core/merge/merge.ts';
import { linesOfCode } from './language.ts';
import { medianOf, succeed } from './measure.ts';

export interface HistoryRow {
  readonly work: string;
  readonly size: string;
  readonly milliseconds: number;
}

const VERSIONS = 2_000;
/** Some 2,000 nodes. */
const LINES = 580;

/** Files of a long history, and merges of large strategies. */
export function benchHistory(): readonly HistoryRow[] {
  const history = longHistory();
  const text = writeHistory(history) ?? '';
  const [base, ours, theirs] = ['fast = 10', 'fast = 11', 'fast = 12'].map(
    (input, side) =>
      parse(
        linesOfCode(LINES)
          .replace('fast = 10', input)
          .replaceAll(`sma(v${20 + side}, `, `ema(v${20 + side}, `),
      ).formula,
  );
  if (!base || !ours || !theirs) return [];
  const merging = merge(base, ours, theirs);
  const all = new Set(merging.theirs.keys());
  const nodes = `${Object.keys(base.nodes).length.toLocaleString('en')} nodes`;
  const versions = `${VERSIONS.toLocaleString('en')} versions`;
  return [
    { work: 'write a file of a history', size: versions, milliseconds: medianOf(() => writeHistory(history), 2_000) },
    {
      work: 'read the file, with its hashes',
      size: versions,
      milliseconds: medianOf(() => succeed(readHistory(text)), 2_000),
    },
    {
      work: 'a merge: changes, conflicts, sentences',
      size: nodes,
      milliseconds: medianOf(() => merge(base, ours, theirs), 2_000),
    },
    { work: 'its result with all changes taken', size: nodes, milliseconds: medianOf(() => merging.take(all), 2_000) },
  ];
}

function longHistory(): History {
  const formulas = Array.from(
    { length: VERSIONS },
    (_, place) =>
      parse(`fast = sma(close, ${2 + place})\n\nbuy(when: close > fast)\nsell(when: close < fast)\n`).formula,
  );
  const versions = formulas.map((formula, place) => ({
    number: place + 1,
    name: '',
    message: `Step ${place + 1}`,
    author: 'Ada',
    at: Date.UTC(2024, 0, 1) + place * 3_600_000,
    tags: [],
    formula,
  }));
  return { name: 'Long', tags: [], origin: null, versions, draft: parse('buy(when: close > 1)').formula, omitted: 0 };
}
