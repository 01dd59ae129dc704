import { isBareName } from './catalogue.ts';
import type { Diagnostic, Fix } from './diagnostic.ts';
import type { Formula, NodeId } from './formula.ts';
import { errorOf } from './report.ts';
import { isAction, statementsOf } from './statements.ts';
import { RESERVED } from './syntax.ts';

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Why a word can't be the name of a statement; null when it can. Says nothing about names that are taken. */
export function nameProblem(name: string): string | null {
  if (!NAME.test(name)) return `\`${name}\` is no name: letters, digits and _ only, not beginning with a digit.`;
  return RESERVED.has(name) || isBareName(name) ? `\`${name}\` has a meaning already; choose another name.` : null;
}

export function checkNames(formula: Formula): Diagnostic[] {
  const taken = new Set(Object.values(formula.nodes).map(({ name }) => name));
  const owners = new Set<string>();
  return Object.entries(formula.nodes).flatMap(([id, node]): Diagnostic[] => {
    const { name } = node;
    if (name === undefined) return [];
    if (isAction(node)) return [errorOf(id, 'action-name', 'An action has no name.', { fix: { title: 'Take the name away', edits: [{ type: 'setName', id, name: null }] } })];
    const wrong = nameProblem(name);
    if (wrong !== null) return [errorOf(id, 'reserved', wrong, { fix: renaming(id, name, taken) })];
    if (owners.has(name)) return [errorOf(id, 'duplicate-name', `\`${name}\` is the name of another one already.`, { fix: renaming(id, name, taken) })];
    owners.add(name);
    return [];
  });
}

/** The name as far as it can be one, with the first number that is free. */
function renaming(id: NodeId, name: string, taken: Set<string | undefined>): Fix {
  const word = name.replaceAll(/\W/g, '').replace(/^(?=\d|$)/, '_').replace(/\d+$/, '');
  let number = 2;
  while (taken.has(`${word}${number}`) || nameProblem(`${word}${number}`) !== null) number += 1;
  const free = `${word}${number}`;
  taken.add(free);
  return { title: `Call it \`${free}\``, edits: [{ type: 'setName', id, name: free }] };
}

/** Why the statement called `old` can't be called `name` from now on; null when it can. */
export function whyNotName(formula: Formula, old: string | undefined, name: string): string | null {
  const taken = name !== old && [...statementsOf(formula).names.values()].includes(name);
  return nameProblem(name) ?? (taken ? `\`${name}\` is the name of another one already.` : null);
}
