import type { Analysis } from '../facts/analyse.ts';
import type { Vertex } from '../facts/graph.ts';
import type { PossibleValues } from '../facts/possible-values.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { checkLevels } from './check-levels.ts';
import { checkSize } from './check-size.ts';
import { openOrder, type EntryOrder } from './entry-order.ts';
import { warningOf } from './report.ts';

/**
 * Orders that are never filled, never sized or never kept, whatever the bars: what can be told of an action without
 * them.
 */
export function checkOrders(analysis: Analysis, possible: PossibleValues): Diagnostic[] {
  const actions = analysis.graph.vertices.filter(({ block }) => block?.kind === 'action');
  const opened = new Set(actions.map(({ node }) => node.block));
  return actions.flatMap((vertex) => {
    const { block } = vertex.node;
    if (block === 'buy' || block === 'short') return entryProblems(openOrder(vertex, analysis, possible));
    if (block === 'sell' && !opened.has('buy')) return [nothingToClose(vertex, 'buy', 'long')];
    return block === 'cover' && !opened.has('short') ? [nothingToClose(vertex, 'short', 'short')] : [];
  });
}

const CODES: ReadonlySet<string> = new Set([
  'never-filled',
  'never-kept',
  'never-reached',
  'wrong-side',
  'plain-level',
  'plain-size',
  'idle-argument',
  'nothing-to-close',
]);

/** Whether a problem is one of those above. */
export const isAboutOrders = ({ code }: Diagnostic): boolean => CODES.has(code);

const entryProblems = (order: EntryOrder): Diagnostic[] => [
  ...checkSize(order),
  ...checkLevels(order),
  ...idleArguments(order),
];

const idleArguments = (order: EntryOrder): Diagnostic[] => [...argumentsOfNothing(order), ...idleExpiry(order)];

/** `stop: na` sets no stop: whoever reads it may take it for more. */
const argumentsOfNothing = ({ id, args }: EntryOrder): Diagnostic[] =>
  ['stop', 'target', 'trail', 'limit', 'expires']
    .filter((port) => args[port] === null)
    .map((port) =>
      warningOf(id, 'idle-argument', `\`${port}: na\` is as if it were left out.`, {
        port,
        fix: { title: `Take \`${port}\` away`, edits: [{ type: 'clearArg', id, port }] },
      }),
    );

function idleExpiry({ id, args }: EntryOrder): Diagnostic[] {
  if ((args['expires'] ?? null) === null || (args['limit'] ?? null) !== null) return [];
  const fix = { title: 'Take `expires` away', edits: [{ type: 'clearArg', id, port: 'expires' }] } as const;
  return [
    warningOf(
      id,
      'idle-argument',
      'Only a limit order waits and so expires: without `limit`, `expires` means nothing.',
      { port: 'expires', fix },
    ),
  ];
}

function nothingToClose({ id, node: { block } }: Vertex, entry: string, side: string): Diagnostic {
  const fix = { title: 'Make it `info`', edits: [{ type: 'setBlock', id, block: 'info' }] } as const;
  return warningOf(
    id,
    'nothing-to-close',
    `\`${block}\` closes a ${side} position, and nothing here opens one: add \`${entry}(when: …)\`, or make it \`info\` for a signal alone.`,
    { fix },
  );
}
