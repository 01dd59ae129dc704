import { lookbackOf, type Analysis } from '../facts/analyse.ts';
import { isSeriesPort } from '../facts/constants.ts';
import type { Graph, Vertex } from '../facts/graph.ts';
import { argOf, type PossibleValues } from '../facts/possible-values.ts';
import { statementsOf } from '../language/statements.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Formula } from '../model/formula.ts';
import { warningOf } from './report.ts';

/**
 * Values that actions need and that are still missing when the data ends. What comes from another symbol is left out:
 * its bars may begin earlier. A longer timeframe takes at least as many of the bot's own bars.
 */
export function checkWarmUp(
  formula: Formula,
  analysis: Analysis,
  possible: PossibleValues,
  bars: number,
): Diagnostic[] {
  const { graph } = analysis;
  const foreign = foreignVertices(graph);
  const needed = neededVertices(graph);
  const starts = startsOf(analysis, possible);
  const isLate = (vertex: Vertex) => !foreign.has(vertex) && (starts.get(vertex) ?? 0) >= bars;
  const late = graph.sorted.filter((vertex) => needed.has(vertex) && isLate(vertex) && !vertex.sources.some(isLate));
  const names = late.length > 0 ? statementsOf(formula).names : new Map<string, string>();
  return late.map((vertex) => {
    const looksBack = `\`${names.get(vertex.id) ?? vertex.node.block}\` looks back over ${count(starts.get(vertex) ?? 0)} and the data has ${count(bars)}`;
    return warningOf(
      vertex.id,
      'warm-up',
      `${looksBack}: it is ${isCondition(analysis, vertex) ? 'never true' : 'missing at every one of them'}.`,
    );
  });
}

const count = (bars: number): string => `${bars.toLocaleString('en')} ${bars === 1 ? 'bar' : 'bars'}`;

const isCondition = ({ types }: Analysis, { id }: Vertex): boolean =>
  Object.values(types.get(id) ?? {})[0] === 'series<bool>';

/**
 * Bars that certainly go by before there is a value. Conditions are false rather than missing, and a block that fills
 * in gives a value without them: they are not waited for. Of several series not all need be looked back over (the
 * periods of `mavp` are not).
 */
function startsOf(analysis: Analysis, possible: PossibleValues): Map<Vertex, number> {
  const starts = new Map<Vertex, number>();
  for (const vertex of analysis.graph.sorted) {
    const { block, node, sources } = vertex;
    if (!block) continue;
    const rangeOf = (name: string) => possible.range(argOf(node, block, name));
    const fillsIn = block.kind === 'kernel' && block.fillsIn?.(rangeOf) === true;
    const awaited = fillsIn ? [] : sources.filter((source) => !isCondition(analysis, source));
    const latest = awaited.reduce((most, source) => Math.max(most, starts.get(source) ?? 0), 0);
    const own = lookbackOf(block, node, analysis.constants);
    starts.set(
      vertex,
      block.inputs.filter(({ type }) => isSeriesPort(type)).length > 1 ? Math.max(latest, own) : latest + own,
    );
  }
  return starts;
}

function neededVertices({ vertices }: Graph): Set<Vertex> {
  const needed = new Set(vertices.flatMap(({ block, sources }) => (block?.kind === 'action' ? sources : [])));
  for (const { sources } of needed) for (const source of sources) needed.add(source);
  return needed;
}

function foreignVertices({ sorted }: Graph): Set<Vertex> {
  const foreign = new Set<Vertex>();
  for (const vertex of sorted) {
    const { block, node, sources } = vertex;
    if (
      (block?.kind === 'feed' && (node.args['symbol'] ?? null) !== null) ||
      sources.some((source) => foreign.has(source))
    )
      foreign.add(vertex);
  }
  return foreign;
}
