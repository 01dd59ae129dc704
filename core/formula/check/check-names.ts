import { findBlock, isBareName } from '../blocks/catalogue.ts';
import type { Graph } from '../facts/graph.ts';
import { FreeNames } from '../language/free-names.ts';
import { statementsOf } from '../language/statements.ts';
import { RESERVED } from '../language/syntax.ts';
import type { Diagnostic, Fix } from '../model/diagnostic.ts';
import type { Formula, NodeId } from '../model/formula.ts';
import { errorOf } from './report.ts';

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Why a word can't be the name of a statement; null when it can. Says nothing about names that are taken. */
function nameProblem(name: string): string | null {
  if (!NAME.test(name)) return `\`${name}\` is no name: letters, digits and _ only, not beginning with a digit.`;
  return RESERVED.has(name) || isBareName(name) ? `\`${name}\` has a meaning already; choose another name.` : null;
}

export function checkNames({ vertices }: Graph): Diagnostic[] {
  // Names that are free are looked for only where a fix needs one.
  let free: FreeNames | undefined;
  const takeFree = (name: string): string => (free ??= new FreeNames(vertices.map(({ node }) => node.name))).take(name);
  const owners = new Set<string>();
  const found: Diagnostic[] = [];
  for (const {
    id,
    node: { name },
    block,
  } of vertices) {
    if (name === undefined) continue;
    const wrong = nameProblem(name);
    if (block?.kind === 'action')
      found.push(
        errorOf(id, 'action-name', 'An action has no name.', {
          fix: { title: 'Take the name away', edits: [{ type: 'setName', id, name: null }] },
        }),
      );
    else if (wrong !== null) found.push(errorOf(id, 'reserved', wrong, { fix: renaming(id, takeFree(name)) }));
    else if (owners.has(name))
      found.push(
        errorOf(id, 'duplicate-name', `\`${name}\` is the name of another one already.`, {
          fix: renaming(id, takeFree(name)),
        }),
      );
    else owners.add(name);
  }
  return found;
}

const renaming = (id: NodeId, name: string): Fix => ({
  title: `Call it \`${name}\``,
  edits: [{ type: 'setName', id, name }],
});

/** As `whyNotName`, of a function: its calls would be calls of a block that has the name already. */
export const whyNotFunctionName = (formula: Formula, old: string | undefined, name: string): string | null =>
  whyNotName(formula, old, name) ??
  (findBlock(name) ? `\`${name}\` has a meaning already; choose another name.` : null);

/** Why the statement called `old` can't be called `name` from now on; null when it can. */
export function whyNotName(formula: Formula, old: string | undefined, name: string): string | null {
  const taken = name !== old && [...statementsOf(formula).names.values()].includes(name);
  return nameProblem(name) ?? (taken ? `\`${name}\` is the name of another one already.` : null);
}
