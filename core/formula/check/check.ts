import { analyse, type Analysis } from '../facts/analyse.ts';
import type { Constant } from '../facts/constants.ts';
import { circlesOf, graphOf, type Graph, type Vertex } from '../facts/graph.ts';
import { PossibleValues } from '../facts/possible-values.ts';
import { expand } from '../functions/expand.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { isRef, MOST_NODES, type Formula } from '../model/formula.ts';
import { checkArguments } from './check-arguments.ts';
import { checkConditions } from './check-conditions.ts';
import { checkEquality } from './check-equality.ts';
import { checkFunctions } from './check-functions.ts';
import { checkInputs } from './check-inputs.ts';
import { checkMuted } from './check-muted.ts';
import { checkNames } from './check-names.ts';
import { checkOrders } from './check-orders.ts';
import { checkSeries } from './check-series.ts';
import { checkUnits } from './check-units.ts';
import { checkUse } from './check-use.ts';
import { checkVolume } from './check-volume.ts';
import { checkWarmUp } from './check-warm-up.ts';
import { errorOf } from './report.ts';
import { withStandIns } from './stand-ins.ts';
import { whereWritten, withResultTypes } from './where-written.ts';

export interface Checked extends Pick<Analysis, 'types' | 'constants' | 'warmUps'> {
  /** Every problem, in the order of the nodes; errors keep the formula from running. */
  readonly diagnostics: readonly Diagnostic[];
  /** Bars before every action can be decided. */
  readonly warmUp: number;
  /** No errors: it may run. */
  readonly ok: boolean;
}

/** What the formula is to run on, as far as it is known. */
export interface CheckOptions {
  /** How many bars there are. */
  readonly bars?: number | undefined;
  /** Values of inputs by their names, in place of those that they are declared with. */
  readonly inputs?: Readonly<Record<string, Constant>> | undefined;
  /** Symbols whose bars have no volume; null for the strategy's own. */
  readonly withoutVolume?: readonly (string | null)[] | undefined;
}

/**
 * Looks for everything that is wrong or doubtful about a formula. Total: it takes any graph, however broken, in linear
 * time.
 */
export function check(formula: Formula, options: CheckOptions = {}): Checked {
  const checked = checkAny(formula, options);
  const count = Object.keys(formula.nodes).length;
  return count <= MOST_NODES
    ? checked
    : { ...checked, diagnostics: [tooLarge(count), ...checked.diagnostics], ok: false };
}

const tooLarge = (count: number): Diagnostic => ({
  code: 'too-large',
  severity: 'error',
  message: `The formula has ${count.toLocaleString('en')} nodes; it may have ${MOST_NODES.toLocaleString('en')}.`,
});

function checkAny(formula: Formula, options: CheckOptions): Checked {
  const called = withStandIns(formula);
  const expansion = expand(called);
  if (expansion.formula === formula) return checkPlain(formula, options);
  const plain = checkPlain(expansion.formula, options);
  const diagnostics = inOrder(graphOf(formula), [
    ...circlesOf(graphOf(formula)).map(circleProblem),
    ...checkFunctions(formula, expansion),
    ...checkMuted(formula),
    ...whereWritten(formula, expansion, plain.diagnostics),
  ]);
  return {
    ...plain,
    types: withResultTypes(formula, expansion, plain.types),
    diagnostics,
    ok: diagnostics.every(({ severity }) => severity !== 'error'),
  };
}

/** Of a formula without functions. */
function checkPlain(formula: Formula, { bars, inputs, withoutVolume = [] }: CheckOptions): Checked {
  const analysis = analyse(formula, inputs);
  const possible = new PossibleValues(analysis);
  const diagnostics = [
    ...circlesOf(analysis.graph).map(circleProblem),
    ...checkNames(analysis.graph),
    ...analysis.graph.vertices.flatMap((vertex) => checkArguments(analysis, vertex)),
    ...checkSeries(formula, analysis),
    ...checkInputs(analysis.graph),
    ...checkConditions(formula, analysis.graph, possible),
    ...checkEquality(analysis.graph, possible),
    ...checkUnits(analysis),
    ...checkOrders(analysis, possible),
    ...checkUse(formula, analysis.graph),
    ...checkVolume(analysis.graph, new Set(withoutVolume)),
    ...(bars === undefined ? [] : checkWarmUp(formula, analysis, possible, bars)),
  ];
  return {
    diagnostics: inOrder(analysis.graph, diagnostics),
    types: analysis.types,
    constants: analysis.constants,
    warmUps: analysis.warmUps,
    warmUp: warmUpOf(analysis),
    ok: diagnostics.every(({ severity }) => severity !== 'error'),
  };
}

const MOST_NAMES = 6;

function circleProblem(circle: readonly Vertex[]): Diagnostic {
  const [first] = circle;
  const ids = new Set(circle.map(({ id }) => id));
  const port = Object.entries(first?.node.args ?? {}).find(([, arg]) => isRef(arg) && ids.has(arg.from))?.[0];
  const names = circle.slice(0, MOST_NAMES).map(({ node }) => node.name ?? node.block);
  const path = [...names, ...(circle.length > MOST_NAMES ? ['…'] : []), names[0]].reverse().join(' → ');
  const message = `This depends on itself: ${path}. Take one of the wires away, or use the value of an earlier bar of something else.`;
  const id = first?.id ?? '';
  return errorOf(id, 'cycle', message, {
    port,
    fix: port === undefined ? undefined : { title: 'Take the wire away', edits: [{ type: 'clearArg', id, port }] },
  });
}

function warmUpOf({ graph, warmUps }: Analysis): number {
  let most = 0;
  for (const { block, sources } of graph.vertices) {
    if (block?.kind === 'action') for (const { id } of sources) most = Math.max(most, warmUps.get(id) ?? 0);
  }
  return most;
}

function inOrder({ find }: Graph, diagnostics: Diagnostic[]): Diagnostic[] {
  const place = ({ nodeId }: Diagnostic) => (nodeId === undefined ? -1 : (find(nodeId)?.index ?? -1));
  return diagnostics.sort((a, b) => place(a) - place(b));
}
