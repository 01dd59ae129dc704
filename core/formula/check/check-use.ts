import type { Graph, Vertex } from '../facts/graph.ts';
import { statementsOf } from '../language/statements.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Formula } from '../model/formula.ts';
import { warningOf } from './report.ts';

const NOTHING_ACTS: Diagnostic = {
  code: 'no-action',
  severity: 'warning',
  message: 'Nothing acts yet: add buy(when: …), or info(when: …) for signals alone.',
};

/** Values that nobody reads, feeds that open nothing new, and a formula that does nothing. */
export function checkUse(formula: Formula, { vertices }: Graph): Diagnostic[] {
  const unused = vertices.filter(({ block, uses }) => uses === 0 && block?.kind !== 'action');
  const names = unused.some(({ node }) => node.name === undefined) ? statementsOf(formula).names : undefined;
  return [
    ...unused.map((vertex) => unusedProblem(vertex, names?.get(vertex.id) ?? vertex.node.name ?? '')),
    ...vertices.flatMap(({ id, node, block }) =>
      block?.kind === 'feed' && isOwn(node.args)
        ? [
            warningOf(
              id,
              'own-feed',
              'Without a symbol or a timeframe this is the bars that the strategy runs on anyway.',
            ),
          ]
        : [],
    ),
    ...(vertices.some(({ block }) => block?.kind === 'action') ? [] : [NOTHING_ACTS]),
  ];
}

const isOwn = ({ symbol, timeframe }: Vertex['node']['args']): boolean =>
  (symbol ?? null) === null && (timeframe ?? null) === null;

function unusedProblem(vertex: Vertex, name: string): Diagnostic {
  const edits = withWhatIsWrittenInside(vertex).map(({ id }) => ({ type: 'removeNode', id }) as const);
  return warningOf(vertex.id, 'unused', `Nobody uses \`${name}\`.`, { fix: { title: `Remove \`${name}\``, edits } });
}

/** A node, and those without a name that nothing else uses. */
function withWhatIsWrittenInside(root: Vertex): Vertex[] {
  const found = [root];
  for (const { sources } of found) {
    for (const source of sources) if (source.uses === 1 && source.node.name === undefined) found.push(source);
  }
  return found;
}
