import { argumentOf, findPort } from '../blocks/catalogue.ts';
import { freshId } from '../change/fresh-id.ts';
import type { Analysis } from '../facts/analyse.ts';
import type { Vertex } from '../facts/graph.ts';
import { measureOfArg } from '../facts/measures.ts';
import { isPercent, percentOf, printLiteral } from '../language/literal.ts';
import type { Diagnostic, Fix } from '../model/diagnostic.ts';
import { isRef, type Arg, type NodeId } from '../model/formula.ts';
import type { Measure } from '../model/unit.ts';
import { warningOf } from './report.ts';

/** What is compared with what, by block. */
const COMPARED = new Map<string, readonly (readonly [string, string])[]>([
  ...['gt', 'gte', 'lt', 'lte', 'eq', 'neq'].map((name) => [name, [['a', 'b']]] as const),
  ...['cross', 'crossover', 'crossunder'].map((name) => [name, [['x', 'y']]] as const),
  [
    'between',
    [
      ['x', 'low'],
      ['x', 'high'],
    ],
  ],
]);

/**
 * Percentages where something else was meant: `close - 5%` takes 0.05 off the price, and no `rsi(close, 14) < 30%` is
 * ever near.
 */
export function checkUnits(analysis: Analysis): Diagnostic[] {
  const found: Diagnostic[] = [];
  const known = { measures: analysis.measures, find: analysis.graph.find };
  for (const vertex of analysis.graph.vertices) {
    const {
      node: { block, args },
    } = vertex;
    const isSum = block === 'add' || block === 'sub';
    const compared = isSum ? undefined : COMPARED.get(block);
    if (!isSum && !compared) continue;
    // Few compare or add percentages: the others need no closer look.
    let isAny = false;
    for (const port in args) isAny ||= measureOfArg(args[port], known) === 'percent';
    if (!isAny) continue;
    const problems = isSum
      ? [sumProblem(vertex, analysis)]
      : (compared ?? []).map((ports) => comparisonProblem(vertex, ports, analysis));
    for (const problem of problems) if (problem) found.push(problem);
  }
  return found;
}

interface Side {
  readonly port: string;
  readonly arg: Arg;
  readonly measure: Measure;
}

/** The percentage of two sides, and the other; null when none is one, or both. */
function percentageAmong(
  { node, block }: Vertex,
  ports: readonly string[],
  { graph, measures }: Analysis,
): { readonly percentage: Side; readonly other: Side } | null {
  const sides = ports.flatMap((name): Side[] => {
    const port = block && findPort(block, name);
    const arg = port && argumentOf(node, port);
    return arg === undefined ? [] : [{ port: name, arg, measure: measureOfArg(arg, { measures, find: graph.find }) }];
  });
  const percentage = sides.find(({ measure }) => measure === 'percent');
  const other = sides.find(({ measure }) => measure !== 'percent');
  return percentage && other && sides.length === 2 ? { percentage, other } : null;
}

const NOUNS: Partial<Readonly<Record<Measure, string>>> = {
  price: 'a price',
  distance: 'a distance between prices',
  priced: 'a price',
  volume: 'a volume',
  money: 'an amount of money',
};

function sumProblem(vertex: Vertex, analysis: Analysis): Diagnostic | null {
  const { id, node } = vertex;
  const found = percentageAmong(vertex, ['a', 'b'], analysis);
  const noun = found && NOUNS[found.other.measure];
  if (found?.other.measure === 'points') return pointsProblem(id, found.percentage);
  if (!found || noun === undefined) return null;
  const { percentage, other } = found;
  const isTaken = node.block === 'sub';
  const what = isRef(percentage.arg) ? 'A percentage' : `\`${printLiteral(percentage.arg)}\``;
  const message = `${what} is ${isTaken ? 'taken from' : 'added to'} ${noun} as the plain number that it is, not as a part of it.`;
  return warningOf(id, 'percent-of-what', message, {
    port: percentage.port,
    fix: isTaken && percentage.port === 'a' ? undefined : partOf(analysis, id, node.block, { percentage, other }),
  });
}

/** `close * (1 - 5%)` in place of `close - 5%`. */
function partOf(
  { graph }: Analysis,
  id: NodeId,
  block: string,
  { percentage, other }: { readonly percentage: Side; readonly other: Side },
): Fix {
  const factor = freshId(graph, `${id}-factor`);
  return {
    title: `Write \`* (1 ${block === 'sub' ? '-' : '+'} ${isRef(percentage.arg) ? '…' : printLiteral(percentage.arg)})\``,
    edits: [
      { type: 'addNode', id: factor, node: { block, args: { a: 1, b: percentage.arg } } },
      { type: 'setBlock', id, block: 'mul' },
      { type: 'setArg', id, port: 'a', arg: other.arg },
      { type: 'setArg', id, port: 'b', arg: { from: factor } },
    ],
  };
}

function comparisonProblem(vertex: Vertex, ports: readonly [string, string], analysis: Analysis): Diagnostic | null {
  const { id } = vertex;
  const found = percentageAmong(vertex, ports, analysis);
  if (!found) return null;
  const { percentage, other } = found;
  if (other.measure === 'points') return pointsProblem(id, percentage);
  const noun = NOUNS[other.measure];
  if (noun !== undefined)
    return warningOf(
      id,
      'percent-of-what',
      `A percentage is compared with ${noun}. Write of what: \`close[1] * 5%\`, say.`,
      { port: percentage.port },
    );
  if (
    typeof other.arg !== 'number' ||
    Math.abs(other.arg) < 1 ||
    !isRef(percentage.arg) ||
    analysis.constants.has(percentage.arg.from)
  )
    return null;
  const meant = `${printLiteral(other.arg)}%`;
  return warningOf(
    id,
    'percent-of-what',
    `What it is compared with is a percentage, and ${printLiteral(other.arg)} is ${percentOf(other.arg)}. Did you mean ${meant}?`,
    {
      port: other.port,
      fix: { title: `Write \`${meant}\``, edits: [{ type: 'setArg', id, port: other.port, arg: meant }] },
    },
  );
}

/** Of a hundred: `rsi(close, 14)` is 30, not 0.3. */
function pointsProblem(id: NodeId, { port, arg }: Side): Diagnostic {
  const meant = isPercent(arg) ? Number(arg.slice(0, -1)) : undefined;
  const [what, advice] =
    meant === undefined
      ? ['a percentage is a fraction', '']
      : [`\`${meant}%\` is ${printLiteral(meant / 100)}`, ` Did you mean ${meant}?`];
  return warningOf(id, 'percent-of-what', `This counts from 0 to 100, and ${what}.${advice}`, {
    port,
    fix:
      meant === undefined
        ? undefined
        : { title: `Write \`${meant}\``, edits: [{ type: 'setArg', id, port, arg: meant }] },
  });
}
