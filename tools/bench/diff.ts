import { diff } from '#core/diff/diff.ts';
import { overlayOf } from '#core/diff/overlay.ts';
import { reportOn } from '#core/diff/report/report.ts';
import { fromJsonText } from '#core/formula/json/json.ts';
import { parse } from '#core/formula/language/parse.ts';
import { print } from '#core/formula/language/print.ts';
import { EMPTY_FORMULA, type Formula } from '#core/formula/model/formula.ts';
import { largeFormula } from '../bench-canvas/large-formula.ts';
import { medianOf } from './measure.ts';

export interface DiffRow {
  readonly pair: string;
  readonly nodes: number;
  readonly changes: number;
  /** Milliseconds of the differences alone, of all that the page shows of them, and of the overlay for the canvas. */
  readonly diff: number;
  readonly report: number;
  readonly overlay: number;
}

/** The same formula with another number in one of so many nodes. */
function touched(formula: Formula, every: number): Formula {
  const nodes = Object.entries(formula.nodes).map(([id, node], index) => {
    const args = Object.entries(node.args).map(([port, arg]) => [port, typeof arg === 'number' ? arg + 1 : arg]);
    return [id, index % every === 0 ? { ...node, args: Object.fromEntries(args) } : node] as const;
  });
  return { ...formula, nodes: Object.fromEntries(nodes) };
}

/** Two versions of a large formula: few changes, very many, and one that has been through code, with ids of its own. */
export function benchDiff(nodeCount = 2000): readonly DiffRow[] {
  const before = fromJsonText(largeFormula(nodeCount)).formula ?? EMPTY_FORMULA;
  const pairs: readonly (readonly [string, Formula])[] = [
    ['few numbers', touched(before, 97)],
    ['every number', touched(before, 1)],
    ['through code', parse(print(touched(before, 97))).formula],
  ];
  return pairs.map(([pair, second]) => {
    const { changes, after } = reportOn(before, second);
    return {
      pair,
      nodes: Object.keys(before.nodes).length,
      changes: changes.length,
      diff: medianOf(() => void diff(before, second), 500),
      report: medianOf(() => void reportOn(before, second), 500),
      overlay: medianOf(() => void overlayOf({ before, after, changes }), 500),
    };
  });
}
