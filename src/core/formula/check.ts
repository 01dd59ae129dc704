import { analyse, type Analysis } from './analyse.ts';
import { findBlock } from './catalogue.ts';
import { checkArguments } from './check-arguments.ts';
import { checkMeaning } from './check-meaning.ts';
import { checkNames } from './check-names.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { Formula } from './formula.ts';
import { circlesAmong } from './order.ts';
import { sourcesOf, statementsOf } from './statements.ts';

export interface Checked extends Pick<Analysis, 'types' | 'constants' | 'warmUps'> {
  /** Every problem, in the order of the nodes; errors keep the formula from running. */
  readonly diagnostics: readonly Diagnostic[];
  /** Bars before every action can be decided. */
  readonly warmUp: number;
  /** No errors: it may run. */
  readonly ok: boolean;
}

/** Looks for everything that is wrong or doubtful about a formula. Total: it takes any graph, however broken. */
export function check(formula: Formula): Checked {
  const analysis = analyse(formula);
  const statements = statementsOf(formula);
  const diagnostics = [
    ...circlesAmong(formula, analysis.stuck).map((circle) => circleProblem(formula, circle)),
    ...checkNames(formula),
    ...Object.entries(formula.nodes).flatMap(([id, node]) => [...checkArguments(formula, analysis, id, node)]),
    ...checkMeaning(formula, analysis, statements),
  ];
  return {
    diagnostics: inOrder(formula, diagnostics),
    types: analysis.types,
    constants: analysis.constants,
    warmUps: analysis.warmUps,
    warmUp: warmUpOf(formula, analysis),
    ok: diagnostics.every(({ severity }) => severity !== 'error'),
  };
}

function circleProblem(formula: Formula, circle: readonly string[]): Diagnostic {
  const [first] = circle;
  const names = circle.map((id) => formula.nodes[id]?.name ?? formula.nodes[id]?.block ?? id);
  const port = Object.entries(formula.nodes[first ?? '']?.args ?? {}).find(([, arg]) => typeof arg === 'object' && arg !== null && 'from' in arg && circle.includes(arg.from))?.[0];
  return {
    code: 'cycle',
    severity: 'error',
    message: `This depends on itself: ${[...names, names[0]].reverse().join(' → ')}. Take one of the wires away, or use the value of an earlier bar of something else.`,
    ...(first === undefined ? {} : { nodeId: first, fix: { title: 'Take the wire away', edits: port === undefined ? [] : [{ type: 'clearArg', id: first, port }] } }),
    ...(port === undefined ? {} : { port }),
  };
}

function warmUpOf(formula: Formula, { warmUps }: Analysis): number {
  const actions = Object.values(formula.nodes).filter((node) => findBlock(node.block)?.kind === 'action');
  return actions.flatMap(sourcesOf).reduce((most, id) => Math.max(most, warmUps.get(id) ?? 0), 0);
}

function inOrder(formula: Formula, diagnostics: Diagnostic[]): Diagnostic[] {
  const rank = new Map(Object.keys(formula.nodes).map((id, index) => [id, index]));
  const place = ({ nodeId }: Diagnostic) => (nodeId === undefined ? -1 : (rank.get(nodeId) ?? -1));
  return diagnostics.sort((a, b) => place(a) - place(b));
}
