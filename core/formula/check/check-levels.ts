import { freshId } from '../change/fresh-id.ts';
import { percentOf, printLiteral } from '../language/literal.ts';
import type { Diagnostic, Fix } from '../model/diagnostic.ts';
import { isRef, type Arg } from '../model/formula.ts';
import { isEmpty } from '../model/interval.ts';
import type { EntryOrder } from './entry-order.ts';
import { errorOf, warningOf, type Details } from './report.ts';
import { sideOfClose } from './side-of-close.ts';

const LEVELS = ['stop', 'target', 'trail', 'limit'] as const;
type LevelPort = (typeof LEVELS)[number];

/** Plain numbers below this may be meant as percentages; a price that people write is mostly above. */
const LIKE_A_PERCENTAGE = 100;

/**
 * Stops, targets and limits that are never there, never reached or always passed already, and numbers that are no
 * prices.
 */
export function checkLevels(order: EntryOrder): Diagnostic[] {
  const given = LEVELS.filter((port) => (order.args[port] ?? null) !== null);
  const found = given.flatMap((port) => levelProblem(order, port, order.args[port] ?? null) ?? []);
  return found.length > 0 ? found : [...crossedLevels(order, given)];
}

function levelProblem(order: EntryOrder, port: LevelPort, arg: Arg): Diagnostic | null {
  const { id } = order;
  const measure = order.measure(arg);
  const range = order.range(arg);
  const told = (code: string, message: string, fix?: Fix) => warningOf(id, code, message, { port, fix });
  if (measure === 'mixed') return errorOf(id, 'mixed-level', mixed(port), mixedDetails(order, port, arg));
  if (isEmpty(range))
    return told('never-filled', `\`${port}\` is always na: \`${order.block}\` is never filled.`, without(order, port));
  if (measure === 'percent') return percentProblem(order, port, arg);
  const isAbove =
    port === 'stop' || port === 'trail' ? order.side < 0 : port === 'target' ? order.side > 0 : order.side < 0;
  if (range.max <= 0) {
    if (port === 'limit')
      return order.side > 0
        ? told(
            'never-filled',
            `\`limit\` is never above 0, a price that is never reached: \`${order.block}\` is never filled.`,
          )
        : null;
    return isAbove
      ? told('never-kept', passed(port), without(order, port))
      : told(
          'never-reached',
          `\`${port}\` is a price that is never reached: it is never above 0.`,
          without(order, port),
        );
  }
  const value = order.constant(arg);
  if (measure === 'plain' && value !== undefined)
    return value < LIKE_A_PERCENTAGE ? plainConstant(order, port, arg, value) : null;
  if (measure === 'plain' || measure === 'points')
    return told(
      'plain-level',
      `\`${port}\` is a price or a percentage, and this is a plain number: it would be taken for a price.`,
      scaled(order, port, arg, measure === 'plain' ? '100%' : '1%'),
    );
  if (measure === 'distance')
    return told(
      'plain-level',
      `\`${port}\` is a price or a percentage, and this is a distance between prices: it would be taken for a price.`,
      fromClose(order, port, arg, isAbove),
    );
  return measure === 'volume' || measure === 'money'
    ? told(
        'plain-level',
        `\`${port}\` is a price or a percentage, not ${measure === 'volume' ? 'a volume' : 'an amount of money'}.`,
      )
    : null;
}

const passed = (port: LevelPort): string =>
  `\`${port}\` always lies on the wrong side of the entry price: each position is closed on the bar of its entry, unless it enters at a close.`;

const without = ({ id }: EntryOrder, port: LevelPort): Fix => ({
  title: `Leave \`${port}\` out`,
  edits: [{ type: 'clearArg', id, port }],
});

const mixed = (port: LevelPort): string =>
  `\`${port}\` is a percentage at some bars and a number at others. Make both percentages (10%, not 0.1), or both prices (close * (1 - 5%), not 5%).`;

/** A plain number beside a percentage was meant as one. */
function mixedDetails({ analysis: { graph } }: EntryOrder, port: LevelPort, arg: Arg): Details {
  const source = isRef(arg) ? graph.find(arg.from) : undefined;
  const plain = Object.entries(source?.node.args ?? {}).flatMap(([name, value]) =>
    typeof value === 'number' && value !== 0 ? [{ name, value }] : [],
  );
  const [first] = plain;
  if (!source || !first) return { port };
  const edits = plain.map(
    ({ name, value }) => ({ type: 'setArg', id: source.id, port: name, arg: asPercent(value) }) as const,
  );
  return { port, fix: { title: `Write \`${asPercent(first.value)}\``, edits } };
}

/** 0.1 and 10 both mean ten percent where a percentage is meant. */
const asPercent = (value: number): string => (Math.abs(value) <= 1 ? percentOf(value) : `${printLiteral(value)}%`);

function percentProblem(order: EntryOrder, port: LevelPort, arg: Arg): Diagnostic | null {
  const { id, side } = order;
  const { min, max } = order.range(arg);
  const isBelow = port === 'target' ? side < 0 : side > 0;
  if (port !== 'limit' && max <= 0) {
    // Behind a limit that fills within a bar a target waits for the close.
    const code = port === 'target' && (order.args['limit'] ?? null) !== null ? 'wrong-side' : 'never-kept';
    return warningOf(
      id,
      code,
      `\`${port}\` is a distance from the entry price and never above 0: each position is closed on the bar of its entry, unless it enters at a close.`,
      { port, fix: max < 0 ? negated(order, port, arg) : without(order, port) },
    );
  }
  if (!isBelow || min < 1) return null;
  const message = `\`${port}\` is never less than ${percentOf(min)} below ${port === 'limit' ? 'the close' : 'the entry price'}, a price that is never reached`;
  return port === 'limit'
    ? warningOf(id, 'never-filled', `${message}: \`${order.block}\` is never filled.`, { port })
    : warningOf(id, 'never-reached', `${message}.`, { port, fix: without(order, port) });
}

/** `stop: -5%` says what `stop: 5%` does. */
function negated({ id, analysis: { graph } }: EntryOrder, port: LevelPort, arg: Arg): Fix {
  const title = 'Take the sign away';
  if (typeof arg === 'string') return { title, edits: [{ type: 'setArg', id, port, arg: arg.replace('-', '') }] };
  const source = isRef(arg) ? graph.find(arg.from) : undefined;
  const inner = source?.node.block === 'neg' && source.node.name === undefined ? source.node.args['x'] : undefined;
  if (source && inner !== undefined)
    return {
      title,
      edits: [
        { type: 'setArg', id, port, arg: inner },
        ...(source.uses === 1 ? [{ type: 'removeNode', id: source.id } as const] : []),
      ],
    };
  const opposite = freshId(graph, `${id}-${port}`);
  return {
    title,
    edits: [
      { type: 'addNode', id: opposite, node: { block: 'neg', args: { x: arg } } },
      { type: 'setArg', id, port, arg: { from: opposite } },
    ],
  };
}

function plainConstant(order: EntryOrder, port: LevelPort, arg: Arg, value: number): Diagnostic {
  const from = port === 'limit' ? 'close' : 'entry price';
  const message = `\`${port}\` is a price of ${printLiteral(value)}. A distance from the ${from} is a percentage: did you mean ${asPercent(value)}?`;
  const fix: Fix = isRef(arg)
    ? scaled(order, port, arg, value <= 1 ? '100%' : '1%')
    : {
        title: `Write \`${asPercent(value)}\``,
        edits: [{ type: 'setArg', id: order.id, port, arg: asPercent(value) }],
      };
  return warningOf(order.id, 'plain-level', message, { port, fix });
}

/** A plain number as a percentage. */
function scaled({ id, analysis: { graph } }: EntryOrder, port: LevelPort, arg: Arg, by: '100%' | '1%'): Fix {
  const product = freshId(graph, `${id}-${port}`);
  return {
    title: `Write \`* ${by}\``,
    edits: [
      { type: 'addNode', id: product, node: { block: 'mul', args: { a: arg, b: by } } },
      { type: 'setArg', id, port, arg: { from: product } },
    ],
  };
}

/** `close - 2 * atr(14)` in place of `2 * atr(14)`. */
function fromClose({ id, analysis: { graph } }: EntryOrder, port: LevelPort, arg: Arg, isAbove: boolean): Fix {
  const known = graph.vertices.find(
    ({ node }) => node.block === 'close' && node.name === undefined && Object.keys(node.args).length === 0,
  );
  const close = known?.id ?? freshId(graph, `${id}-close`);
  const level = freshId(graph, `${id}-${port}`);
  return {
    title: `Write \`close ${isAbove ? '+' : '-'} …\``,
    edits: [
      ...(known ? [] : [{ type: 'addNode', id: close, node: { block: 'close', args: {} } } as const]),
      { type: 'addNode', id: level, node: { block: isAbove ? 'add' : 'sub', args: { a: { from: close }, b: arg } } },
      { type: 'setArg', id, port, arg: { from: level } },
    ],
  };
}

/** Prices that exclude one another, and such as lie on the wrong side of the close by which the order is decided. */
function* crossedLevels(order: EntryOrder, given: readonly LevelPort[]): Generator<Diagnostic> {
  const {
    args: { stop, target, limit },
    side,
    id,
    possible,
  } = order;
  const prices = given.filter((port) => order.measure(order.args[port]) !== 'percent');
  const isBeyond = (a: Arg | undefined, b: Arg | undefined): boolean => {
    const [x, y] = [order.range(a), order.range(b)];
    return possible.numbers.areSame(a, b) || (side > 0 ? x.min >= y.max : x.max <= y.min);
  };
  const [worse, better] = side > 0 ? ['below', 'above'] : ['above', 'below'];
  if (prices.includes('stop') && prices.includes('limit') && isBeyond(stop, limit))
    yield warningOf(
      id,
      'never-kept',
      `\`stop\` never lies ${worse} \`limit\`: each position is closed on the bar of its entry, unless it enters at a close.`,
      { port: 'stop' },
    );
  else if (prices.includes('stop') && prices.includes('target') && isBeyond(stop, target))
    yield warningOf(
      id,
      'never-kept',
      `\`stop\` never lies ${worse} \`target\`: each position is closed on the bar of its entry, unless it enters at a close.`,
      { port: 'stop' },
    );
  else if (limit === undefined || limit === null) {
    if (prices.includes('stop') && sideOfClose(order, stop) === side)
      yield warningOf(
        id,
        'wrong-side',
        `\`stop\` never lies ${worse} the close: a ${side > 0 ? 'long' : 'short'} position leaves at once.`,
        { port: 'stop' },
      );
    if (prices.includes('target') && sideOfClose(order, target) === -side)
      yield warningOf(
        id,
        'wrong-side',
        `\`target\` never lies ${better} the close: a ${side > 0 ? 'long' : 'short'} position leaves at once.`,
        { port: 'target' },
      );
  }
}
