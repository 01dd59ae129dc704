import { printLiteral } from '#core/formula/language/literal.ts';
import type { Port } from '#core/formula/model/block.ts';
import { isRef, nodeOf, type Formula, type FormulaNode, type NodeId } from '#core/formula/model/formula.ts';
import { portName } from './chain-view.ts';
import { isOperator } from './node-shape.ts';
import type { NodeTitle } from './node-title.ts';
import { blockOf } from './scope-view.ts';

/** A node as a screen reader says it: what it is, and, behind its value, where it goes. */
export interface NodeSentence {
  /** `fastLine, simple moving average of close over 10`. */
  readonly what: string;
  /** `read by Crosses above and slow`; `read by nobody`; empty for an action. */
  readonly readBy: string;
}

type TitleOf = (id: NodeId, node: FormulaNode) => NodeTitle;

/** More readers than these are counted. */
const MOST_NAMED = 3;

/** The sentences of a formula's nodes, each made when it is asked for. */
export function sentencesOf(formula: Formula, titleOf: TitleOf): (id: NodeId, node: FormulaNode) => NodeSentence {
  let readers: ReadonlyMap<NodeId, readonly NodeId[]> | undefined;
  const known = new Map<NodeId, NodeSentence>();
  const nameOf = (id: NodeId): string => {
    const node = nodeOf(formula, id);
    return node ? titleOf(id, node).name : 'a node that is gone';
  };
  return (id, node) => {
    const before = known.get(id);
    if (before) return before;
    readers ??= readersIn(formula);
    const isAction = blockOf(node)?.kind === 'action';
    const sentence = {
      what: whatOf(node, titleOf(id, node), nameOf),
      readBy: isAction ? '' : `read by ${listed((readers.get(id) ?? []).map(nameOf))}`,
    };
    known.set(id, sentence);
    return sentence;
  };
}

function whatOf(node: FormulaNode, { name, detail }: NodeTitle, nameOf: (id: NodeId) => string): string {
  const block = blockOf(node);
  if (!block) return `${name}, an unknown block`;
  // Of an operator the expression says all.
  if (isOperator(block)) return detail === '' || node.name === undefined ? name : `${name}, ${detail}`;
  const wired = block.inputs.flatMap(({ name: port }) => {
    const arg = node.args[port];
    return isRef(arg)
      ? [
          {
            port: portName(node, port),
            source: `${nameOf(arg.from)}${arg.output === undefined ? '' : `.${arg.output}`}`,
          },
        ]
      : [];
  });
  const sources = wired.map(({ port, source }) => (wired.length > 1 ? `${port} ${source}` : source));
  const of =
    wired.length === 0 ? '' : ` ${block.kind === 'action' ? 'when' : 'of'} ${sources.join(', ').replace(/^when /, '')}`;
  const settings = block.inputs.flatMap((port) => settingOf(port, node));
  const title = node.name === undefined ? block.title : `${name}, ${block.title.toLowerCase()}`;
  return `${title}${of}${settings.length === 0 ? '' : ` ${settings.join(', ')}`}`;
}

/** A number of bars that stands by default is said, too: an average says little without it. */
function settingOf(port: Port, { args }: FormulaNode): string[] {
  const arg = args[port.name];
  if (isRef(arg)) return [];
  if (port.unit === 'bars' && port.name === 'timePeriod') return [`over ${printLiteral(arg ?? port.default ?? null)}`];
  return arg === undefined || arg === null
    ? []
    : [`${portName(undefined, port.name)} ${printLiteral(arg, port.type === 'string')}`];
}

function readersIn({ nodes }: Formula): ReadonlyMap<NodeId, readonly NodeId[]> {
  const readers = new Map<NodeId, NodeId[]>();
  for (const [id, { args }] of Object.entries(nodes))
    for (const from of new Set(Object.values(args).flatMap((arg) => (isRef(arg) ? [arg.from] : [])))) {
      const known = readers.get(from);
      if (known) known.push(id);
      else readers.set(from, [id]);
    }
  return readers;
}

function listed(names: readonly string[]): string {
  if (names.length === 0) return 'nobody';
  const rest = names.length - MOST_NAMED;
  const said = rest > 0 ? [...names.slice(0, MOST_NAMED), `${rest} more`] : names;
  return said.length === 1 ? (said[0] ?? '') : `${said.slice(0, -1).join(', ')} and ${said.at(-1) ?? ''}`;
}
