import { findBlock } from '#core/formula/blocks/catalogue.ts';
import type { Analysis } from '#core/formula/facts/analyse.ts';
import { constantOf } from '#core/formula/facts/constants.ts';
import { measureOfArg } from '#core/formula/facts/measures.ts';
import { isRef, type Arg, type Formula, type FormulaNode, type NodeId } from '#core/formula/model/formula.ts';
import type { SignalKind } from '../outcome/backtest-result.ts';
import type { Action, Level, Operand, Size } from './plan.ts';

/** Where an action's arguments come from. */
export interface ActionSource {
  readonly formula: Formula;
  readonly analysis: Analysis;
  /** The value of an argument on the strategy's own clock. */
  operandOf(arg: Arg | undefined): Operand;
}

/** A node that is an action (`buy`, `sell`, `short`, `cover`, `info`) as the plan has it. */
export function lowerAction(id: NodeId, node: FormulaNode, source: ActionSource): Action {
  const { args } = node;
  const constant = (port: string) => constantOf(args[port], source.analysis.constants, port === 'note');
  const expires = constant('expires');
  const adds = constant('adds');
  const note = constant('note');
  return {
    node: id,
    kind: node.block as SignalKind,
    when: source.operandOf(args['when']),
    size: sizeOf(args['size'], source),
    stop: levelOf(args['stop'], source),
    target: levelOf(args['target'], source),
    trail: levelOf(args['trail'], source),
    limit: levelOf(args['limit'], source),
    expires: typeof expires === 'number' ? expires : Number.POSITIVE_INFINITY,
    adds: typeof adds === 'number' ? adds : 0,
    every: constant('every') === true,
    ...(typeof note === 'string' ? { note } : {}),
  };
}

/** Whatever is computed of percentages is one: `sl * 2`, `where(calm, 5%, 10%)`. */
function levelOf(arg: Arg | undefined, { analysis, operandOf }: ActionSource): Level | null {
  if (arg === undefined || arg === null) return null;
  const { graph, measures } = analysis;
  return { percent: measureOfArg(arg, { measures, find: graph.find }) === 'percent', operand: operandOf(arg) };
}

function sizeOf(arg: Arg | undefined, { formula, operandOf }: ActionSource): Size {
  const node = isRef(arg) ? formula.nodes[arg.from] : undefined;
  const block = node && findBlock(node.block);
  if (node && block?.kind === 'size')
    return { kind: node.block as Size['kind'], operand: operandOf(node.args[block.inputs[0]?.name ?? '']) };
  // All that margin allows.
  if (arg === undefined) return { kind: 'free', operand: { kind: 'constant', value: 1 } };
  return { kind: 'fraction', operand: operandOf(arg) };
}
