import type { Analysis } from '../facts/analyse.ts';
import { constantOf } from '../facts/constants.ts';
import type { Vertex } from '../facts/graph.ts';
import { measureOfArg } from '../facts/measures.ts';
import type { PossibleValues } from '../facts/possible-values.ts';
import type { Arg, FormulaNode, NodeId } from '../model/formula.ts';
import { exactly, type Interval } from '../model/interval.ts';
import type { Measure } from '../model/unit.ts';

/** A `buy` or `short` that is looked at. */
export interface EntryOrder {
  readonly id: NodeId;
  readonly block: 'buy' | 'short';
  /** Of the position that it opens: 1 long, -1 short. */
  readonly side: 1 | -1;
  readonly args: FormulaNode['args'];
  readonly analysis: Analysis;
  readonly possible: PossibleValues;
  /**
   * What a value can be: that of a constant, with the inputs as they stand; else all that it may be at any bar and with
   * any inputs.
   */
  range(arg: Arg | undefined): Interval;
  measure(arg: Arg | undefined): Measure;
  /** The number that is the same at every bar. */
  constant(arg: Arg | undefined): number | undefined;
}

export function openOrder({ id, node }: Vertex, analysis: Analysis, possible: PossibleValues): EntryOrder {
  const {
    constants,
    measures,
    graph: { find },
  } = analysis;
  return {
    id,
    block: node.block === 'short' ? 'short' : 'buy',
    side: node.block === 'short' ? -1 : 1,
    args: node.args,
    analysis,
    possible,
    range: (arg) => {
      const constant = constantOf(arg, constants);
      return constant === null
        ? exactly(Number.NaN)
        : typeof constant === 'number'
          ? exactly(constant)
          : possible.range(arg);
    },
    measure: (arg) => measureOfArg(arg, { measures, find }),
    constant: (arg) => {
      const constant = constantOf(arg, constants);
      return typeof constant === 'number' ? constant : undefined;
    },
  };
}
