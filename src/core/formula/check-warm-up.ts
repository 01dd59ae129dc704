import type { Analysis } from './analyse.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { Formula } from './formula.ts';
import type { Graph, Vertex } from './graph.ts';
import { warningOf } from './report.ts';
import { statementsOf } from './statements.ts';

/**
 * Values that actions need and that are still missing when the data ends. What comes from another symbol is left out: its bars may begin
 * earlier. A longer timeframe takes at least as many of the bot's own bars.
 */
export function checkWarmUp(formula: Formula, { graph, warmUps }: Pick<Analysis, 'graph' | 'warmUps'>, bars: number): Diagnostic[] {
  const foreign = foreignVertices(graph);
  const needed = neededVertices(graph);
  const isLate = (vertex: Vertex) => !foreign.has(vertex) && (warmUps.get(vertex.id) ?? 0) >= bars;
  const late = graph.sorted.filter((vertex) => needed.has(vertex) && isLate(vertex) && !vertex.sources.some(isLate));
  const names = late.length > 0 ? statementsOf(formula).names : new Map<string, string>();
  return late.map(({ id, node }) =>
    warningOf(id, 'warm-up', `\`${names.get(id) ?? node.block}\` has its first value behind ${count(warmUps.get(id) ?? 0)} and the data has ${count(bars)}: it is missing at every one of them.`));
}

const count = (bars: number): string => `${bars.toLocaleString('en')} ${bars === 1 ? 'bar' : 'bars'}`;

function neededVertices({ vertices }: Graph): Set<Vertex> {
  const needed = new Set(vertices.flatMap(({ block, sources }) => (block?.kind === 'action' ? sources : [])));
  for (const { sources } of needed) for (const source of sources) needed.add(source);
  return needed;
}

function foreignVertices({ sorted }: Graph): Set<Vertex> {
  const foreign = new Set<Vertex>();
  for (const vertex of sorted) {
    const { block, node, sources } = vertex;
    if ((block?.kind === 'feed' && (node.args['symbol'] ?? null) !== null) || sources.some((source) => foreign.has(source))) foreign.add(vertex);
  }
  return foreign;
}
