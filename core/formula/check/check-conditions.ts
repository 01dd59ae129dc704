import { ConditionExplainer } from '../facts/explain-condition.ts';
import type { Graph, Vertex } from '../facts/graph.ts';
import type { PossibleValues } from '../facts/possible-values.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Formula } from '../model/formula.ts';
import { warningOf } from './report.ts';

/**
 * Conditions that can never be true, and those that always are: comparisons beyond the bounds of what they compare, and
 * such as exclude one another. Each is told where it arises, with the reason, and again at the actions that never
 * happen because of it.
 */
export function checkConditions(formula: Formula, { vertices }: Graph, possible: PossibleValues): Diagnostic[] {
  const explain = new ConditionExplainer(formula, possible);
  const arising = [...possible.verdicts].map(([id, verdict]) => {
    const where = verdict.missing === 'never' ? '' : ', wherever there is a value';
    const what = verdict.kind === 'never' ? 'can never be true' : `is always true${where}`;
    return warningOf(
      id,
      verdict.kind,
      `${verdict.core ? 'This' : explain.condition(id)} ${what}: ${explain.reason(id, verdict)}.`,
    );
  });
  return [
    ...arising,
    ...vertices.flatMap((vertex) => (vertex.block?.kind === 'action' ? actionProblems(vertex, possible) : [])),
  ];
}

function actionProblems({ id, node: { block, args } }: Vertex, possible: PossibleValues): Diagnostic[] {
  const { min, max, missing } = possible.range(args['when']);
  if (max <= 0)
    return [warningOf(id, 'never-acts', `\`${block}\` never acts: its condition can never be true.`, { port: 'when' })];
  return min === 1 && missing === 'never'
    ? [warningOf(id, 'always-acts', `\`${block}\` acts at every bar: its condition is always true.`, { port: 'when' })]
    : [];
}
