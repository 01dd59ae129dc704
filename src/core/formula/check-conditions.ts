import type { Analysis } from './analyse.ts';
import type { KernelBlock } from './block.ts';
import { outcomeOf } from './contradiction.ts';
import type { Diagnostic } from './diagnostic.ts';
import { ConditionExplainer } from './explain-condition.ts';
import type { Formula, FormulaNode, NodeId } from './formula.ts';
import type { Missing } from './interval.ts';
import { missingIn, type PossibleValues } from './possible-values.ts';
import { warningOf } from './report.ts';

/**
 * Conditions that can never be true, and those that always are: comparisons beyond the bounds of what they compare, and such as exclude
 * one another. Each is told where it arises, with the reason, and again at the actions that never happen because of it.
 */
export function* checkConditions(formula: Formula, { graph }: Pick<Analysis, 'graph'>, possible: PossibleValues): Generator<Diagnostic> {
  const explain = new ConditionExplainer(formula, possible);
  for (const { id, node, block } of graph.sorted) {
    if (!block) continue;
    if (block.kind === 'kernel' && block.implies) yield* checkComparison(id, node, block, possible, explain);
    else if (block.kind === 'action') yield* checkAction(id, node, possible);
    const core = possible.clashes.get(id);
    if (core && block.name === 'and') yield never(id, 'This', explain.clash(core));
    else if (core) yield always(id, 'This', missingIn(core.flatMap(({ comparisons }) => comparisons)), explain.tautology(core));
  }
}

function* checkComparison(id: NodeId, node: FormulaNode, block: KernelBlock, possible: PossibleValues, explain: ConditionExplainer): Generator<Diagnostic> {
  if (possible.range({ from: id }).max === 0) return yield never(id, explain.condition(id), explain.comparison(node, block));
  const comparisons = possible.implied(node, block);
  const missing = missingIn(comparisons);
  // Where `na` has a meaning (`position.bars >= 0`), the comparison may be there to ask for it.
  if (block.pointwise && missing !== 'anywhere' && comparisons.every((comparison) => outcomeOf(comparison).isCertain)) yield always(id, explain.condition(id), missing, explain.comparison(node, block));
}

function* checkAction(id: NodeId, { block, args }: FormulaNode, possible: PossibleValues): Generator<Diagnostic> {
  const { min, max, missing } = possible.range(args['when']);
  if (max <= 0) yield warningOf(id, 'never-acts', `\`${block}\` never acts: its condition can never be true.`, { port: 'when' });
  else if (min === 1 && missing === 'never') yield warningOf(id, 'always-acts', `\`${block}\` acts at every bar: its condition is always true.`, { port: 'when' });
}

const never = (id: NodeId, condition: string, why: string): Diagnostic => warningOf(id, 'never', `${condition} can never be true: ${why}.`);

const always = (id: NodeId, condition: string, missing: Missing, why: string): Diagnostic =>
  warningOf(id, 'always', `${condition} is always true${missing === 'never' ? '' : ', wherever there is a value'}: ${why}.`);
