import { freshId } from '../change/fresh-id.ts';
import { percentOf, printLiteral } from '../language/literal.ts';
import type { Diagnostic, Fix } from '../model/diagnostic.ts';
import { isRef, type Arg, type FormulaNode, type NodeId } from '../model/formula.ts';
import { isEmpty } from '../model/interval.ts';
import type { EntryOrder } from './entry-order.ts';
import { warningOf } from './report.ts';

/** The most that any run may borrow, as a multiple of equity. */
const MOST_LEVERAGE = 100;

/** A size as it is given: a fraction of equity, or what a block such as `units` takes. */
interface Given {
  readonly kind: string | null;
  readonly holder: NodeId;
  readonly port: string;
  readonly arg: Arg;
}

/** Sizes of nothing, of more than any margin allows, and numbers that say something else than they seem to. */
export function checkSize(order: EntryOrder): Diagnostic[] {
  const given = givenSize(order);
  if (!given) return [];
  const { min, max } = order.range(given.arg);
  if (isEmpty({ ...order.range(given.arg) }))
    return [told(order, 'never-filled', 'is always na, so that it is never filled')];
  if (max <= 0) {
    // Of units, cash and risk that is out of range already.
    return max < 0 && given.kind !== null && order.constant(given.arg) !== undefined
      ? []
      : [told(order, 'never-filled', `is never above 0, so that it is never filled`, ofNothing(order, given))];
  }
  if (given.kind === null && min > MOST_LEVERAGE)
    return [
      told(
        order,
        'plain-size',
        `is always more than ${MOST_LEVERAGE} times the equity, which no leverage pays for: no more is bought than margin allows`,
        ofPlain(order, given),
      ),
    ];
  return [
    ...meaningOf(order, given),
    ...(given.kind === 'risk' && (order.args['stop'] ?? null) === null ? [withoutStop(order)] : []),
  ];
}

function givenSize({ id, args, analysis }: EntryOrder): Given | null {
  const arg = args['size'];
  if (arg === undefined) return null;
  const source = isRef(arg) ? analysis.graph.find(arg.from) : undefined;
  if (source?.block?.kind !== 'size') return { kind: null, holder: id, port: 'size', arg };
  const port = source.block.inputs[0]?.name ?? '';
  const inner = source.node.args[port];
  return inner === undefined ? null : { kind: source.node.block, holder: source.id, port, arg: inner };
}

const told = ({ id, block }: EntryOrder, code: string, message: string, fix?: Fix): Diagnostic =>
  warningOf(id, code, `The size of \`${block}\` ${message}.`, { port: 'size', fix });

/** What was surely meant by a size of nothing: the number without its sign. */
function ofNothing(order: EntryOrder, { arg, holder, port }: Given): Fix | undefined {
  const value = order.constant(arg);
  if (isRef(arg) || value === undefined || value === 0) return undefined;
  const meant = order.measure(arg) === 'percent' ? percentOf(-value) : -value;
  return { title: `Make it ${printLiteral(meant)}`, edits: [{ type: 'setArg', id: holder, port, arg: meant }] };
}

function* meaningOf(order: EntryOrder, given: Given): Generator<Diagnostic> {
  const { arg, kind } = given;
  const measure = order.measure(arg);
  const value = order.constant(arg);
  if (kind === null) {
    if (measure === 'plain' && value !== undefined && value > 1)
      yield told(
        order,
        'plain-size',
        `is ${printLiteral(value)} times the equity: a part of it is written ${printLiteral(value)}%, and so many units are units(${printLiteral(value)})`,
        ofPlain(order, given),
      );
    if (measure === 'money')
      yield told(
        order,
        'plain-size',
        'is an amount of money, and would be taken for a multiple of the equity: write cash(…)',
        wrapped(order, 'cash', arg),
      );
    if (
      measure === 'price' ||
      measure === 'distance' ||
      measure === 'priced' ||
      measure === 'volume' ||
      measure === 'points'
    )
      yield told(
        order,
        'plain-size',
        'is taken for a multiple of the equity: write a percentage, units(…), cash(…) or risk(…)',
      );
    return;
  }
  if (kind === 'risk' && measure === 'plain' && value !== undefined && value >= 1) {
    const meant = `${printLiteral(value)}%`;
    const fix = isRef(arg)
      ? undefined
      : ({
          title: `Make it ${meant}`,
          edits: [{ type: 'setArg', id: given.holder, port: given.port, arg: meant }],
        } as const);
    yield told(
      order,
      'plain-size',
      `risks ${percentOf(value)} of the equity at each entry. Did you mean risk(${meant})?`.replace(/\?$/, ''),
      fix,
    );
  }
  if ((kind === 'cash' || kind === 'units') && measure === 'percent') {
    const what = kind === 'cash' ? 'money' : 'units';
    yield told(
      order,
      'plain-size',
      `is so small a number of ${what} as the percentage is: a part of the equity is written without ${kind}(…)`,
      {
        title: `Write it without ${kind}(…)`,
        edits: [{ type: 'setArg', id: order.id, port: 'size', arg }, ...leaving(order, given)],
      },
    );
  }
}

const leaving = ({ analysis: { graph } }: EntryOrder, { holder }: Given): NonNullable<Fix['edits']> => {
  const vertex = graph.find(holder);
  return vertex?.uses === 1 && vertex.node.name === undefined ? [{ type: 'removeNode', id: holder }] : [];
};

const ofPlain = (order: EntryOrder, { arg }: Given): Fix | undefined =>
  order.measure(arg) === 'plain' ? wrapped(order, 'units', arg) : undefined;

function wrapped({ id, analysis: { graph } }: EntryOrder, block: string, arg: Arg): Fix {
  const wrapper = freshId(graph, `${id}-${block}`);
  const node: FormulaNode = { block, args: { amount: arg } };
  return {
    title: `Write \`${block}(…)\``,
    edits: [
      { type: 'addNode', id: wrapper, node },
      { type: 'setArg', id, port: 'size', arg: { from: wrapper } },
    ],
  };
}

const ADVISED = '5%';

function withoutStop({ id, block, args: { trail } }: EntryOrder): Diagnostic {
  const stop = trail ?? ADVISED;
  const written = isRef(stop) ? 'the trailing stop as a stop' : `\`stop: ${printLiteral(stop)}\``;
  const message = `The size of \`${block}\` is measured by the distance to its stop, and there is none: it is never filled.`;
  return warningOf(id, 'never-filled', message, {
    port: 'stop',
    fix: { title: `Add ${written}`, edits: [{ type: 'setArg', id, port: 'stop', arg: stop }] },
  });
}
