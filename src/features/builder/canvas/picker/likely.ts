import { findBlock } from '#core/formula/blocks/catalogue.ts';
import { connectionsOf } from '#core/formula/check/connections.ts';
import { plainKind, type GivenType } from '#core/formula/language/types.ts';
import type { ValueType } from '#core/formula/model/block.ts';
import { isRef, nodeOf, type Formula } from '#core/formula/model/formula.ts';
import type { Wanted } from '../use-add-at.ts';

/** What most people put behind a value of that kind. */
const BEHIND = {
  number: ['gt', 'lt', 'crossover', 'crossunder', 'sma', 'ema', 'sub', 'mul', 'highest', 'lowest', 'rising', 'falling'],
  condition: ['and', 'or', 'not', 'buy', 'sell', 'barsSince', 'once', 'count', 'where'],
  size: ['buy', 'short'],
  feed: ['close', 'sma', 'ema', 'rsi'],
  text: ['eq', 'neq'],
} as const satisfies Record<string, readonly string[]>;

/** What most people put before a port of that type. */
const BEFORE: Partial<Record<ValueType, readonly string[]>> = {
  'series<number>': ['close', 'sma', 'ema', 'rsi', 'high', 'low', 'hlc3', 'volume', 'input'],
  'series<bool>': ['crossover', 'crossunder', 'gt', 'lt', 'and', 'or', 'not', 'between'],
  any: ['close', 'sma', 'ema', 'rsi', 'input'],
  number: ['input', 'value'],
  bool: ['input', 'value'],
  string: ['input', 'value'],
  level: ['input', 'mul', 'sub', 'atr'],
  size: ['risk', 'free', 'cash', 'units'],
};

/** The names of blocks that are likely there, the likeliest first. */
export function likelyBlocks(formula: Formula, wanted: Wanted): readonly string[] {
  if (wanted === null) return [];
  if ('from' in wanted) return behind(connectionsOf(formula).typeOf(wanted.from));
  if ('to' in wanted) return BEFORE[portType(formula, wanted.to) ?? 'any'] ?? [];
  const { onto } = wanted;
  const arg = nodeOf(formula, onto.node)?.args[onto.port];
  const type = isRef(arg) ? connectionsOf(formula).typeOf(arg) : undefined;
  return type !== undefined && plainKind(type) === 'condition'
    ? ['not', 'and', 'or', 'once']
    : ['sma', 'ema', 'abs', 'nz'];
}

function behind(type: GivenType | undefined): readonly string[] {
  if (type === 'size' || type === 'feed') return BEHIND[type];
  const kind = type === undefined ? null : plainKind(type);
  return kind === null ? [] : BEHIND[kind];
}

const portType = (formula: Formula, { node, port }: { readonly node: string; readonly port: string }) =>
  findBlock(nodeOf(formula, node)?.block ?? '')?.inputs.find(({ name }) => name === port)?.type;

/** Every name that is said here. */
export const LIKELY_NAMES: readonly string[] = [...Object.values(BEHIND), ...Object.values(BEFORE)].flat();
