import { isBareName } from './catalogue.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { Formula, NodeId } from './formula.ts';
import { RESERVED } from './read-statements.ts';
import { isAction, statementsOf } from './statements.ts';

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Why a word can't be the name of a statement; null when it can. Says nothing about names that are taken. */
export function nameProblem(name: string): string | null {
  if (!NAME.test(name)) return `\`${name}\` is no name: letters, digits and _ only, not beginning with a digit.`;
  return RESERVED.has(name) || isBareName(name) ? `\`${name}\` has a meaning already; choose another name.` : null;
}

export function checkNames(formula: Formula): Diagnostic[] {
  const first = new Map<string, NodeId>();
  const diagnostics: Diagnostic[] = [];
  const problem = (code: string, nodeId: NodeId, message: string) => diagnostics.push({ code, severity: 'error', message, nodeId });
  for (const [id, node] of Object.entries(formula.nodes)) {
    if (node.name === undefined) continue;
    const wrong = nameProblem(node.name);
    if (isAction(node)) problem('action-name', id, 'An action has no name.');
    else if (wrong !== null) problem('reserved', id, wrong);
    else if (first.has(node.name)) problem('duplicate-name', id, `\`${node.name}\` is the name of another one already.`);
    else first.set(node.name, id);
  }
  return diagnostics;
}

/** Why the statement called `old` can't be called `name` from now on; null when it can. */
export function whyNotName(formula: Formula, old: string | undefined, name: string): string | null {
  const taken = name !== old && [...statementsOf(formula).names.values()].includes(name);
  return nameProblem(name) ?? (taken ? `\`${name}\` is the name of another one already.` : null);
}
