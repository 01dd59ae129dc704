import type { Span } from '../model/diagnostic.ts';
import type { Arg } from '../model/formula.ts';
import type { Literal } from '../model/formula.ts';

/** What the parser reads, before names have a meaning. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: Literal; readonly span: Span }
  | { readonly kind: 'name'; readonly name: string; readonly span: Span }
  | Call
  | { readonly kind: 'operator'; readonly block: string; readonly operands: readonly Expression[]; readonly span: Span }
  | { readonly kind: 'past'; readonly of: Expression; readonly bars: Expression; readonly span: Span }
  | {
      readonly kind: 'output';
      readonly of: Expression;
      readonly name: string;
      readonly nameSpan: Span;
      readonly span: Span;
    };

export type Operation = Extract<Expression, { kind: 'operator' }>;

/**
 * A sum such as `a + b + c` leans to the left: its operators of two operands, the innermost first, and what stands left
 * of all of them.
 */
export function leaningLeft(expression: Expression): {
  readonly innermost: Expression;
  readonly operators: readonly Operation[];
} {
  const operators: Operation[] = [];
  let innermost = expression;
  while (innermost.kind === 'operator' && innermost.operands.length === 2) {
    operators.push(innermost);
    innermost = innermost.operands[0] ?? innermost;
  }
  return { innermost, operators: operators.reverse() };
}

export const isExpression = (value: Expression | Arg): value is Expression =>
  typeof value === 'object' && value !== null && 'kind' in value;

export interface Call {
  readonly kind: 'call';
  readonly name: string;
  readonly nameSpan: Span;
  readonly args: readonly Argument[];
  readonly span: Span;
}

export interface Argument {
  readonly name?: string;
  readonly nameSpan?: Span;
  readonly value: Expression;
  readonly span: Span;
}

interface StatementBase {
  readonly comment?: string;
  /** A blank line stands above the statement. */
  readonly isSpaced?: true;
  /** `mute` stands before it. */
  readonly isMuted?: true;
  readonly span: Span;
}

export type Statement =
  | (StatementBase & {
      readonly kind: 'input';
      readonly name: string;
      readonly nameSpan: Span;
      readonly args: Readonly<Record<string, Literal>>;
    })
  | (StatementBase & {
      readonly kind: 'binding';
      readonly name: string;
      readonly nameSpan: Span;
      readonly value: Expression;
    })
  | (StatementBase & { readonly kind: 'action'; readonly call: Call })
  | FunctionStatement;

/** `fn name(a, b = 10) = value`, or with statements of its own, of which the last one is `return`. */
export interface FunctionStatement extends StatementBase {
  readonly kind: 'function';
  readonly name: string;
  readonly nameSpan: Span;
  readonly params: readonly Parameter[];
  readonly body: readonly Statement[];
  readonly results: readonly Argument[];
}

export interface Parameter {
  readonly name: string;
  readonly default?: Literal;
  readonly span: Span;
}

export interface Operator {
  readonly symbol: string;
  readonly block: string;
  readonly power: number;
}

/** Binary operators, loosest first; all but `pow` group to the left, comparisons do not group at all. */
const OPERATORS: readonly Operator[] = [
  { symbol: 'or', block: 'or', power: 1 },
  { symbol: 'and', block: 'and', power: 2 },
  { symbol: '<', block: 'lt', power: 4 },
  { symbol: '<=', block: 'lte', power: 4 },
  { symbol: '>', block: 'gt', power: 4 },
  { symbol: '>=', block: 'gte', power: 4 },
  { symbol: '==', block: 'eq', power: 4 },
  { symbol: '!=', block: 'neq', power: 4 },
  { symbol: '+', block: 'add', power: 5 },
  { symbol: '-', block: 'sub', power: 5 },
  { symbol: '*', block: 'mul', power: 6 },
  { symbol: '/', block: 'div', power: 6 },
  { symbol: '^', block: 'pow', power: 8 },
];

const bySymbol = new Map(OPERATORS.map((operator) => [operator.symbol, operator]));
const byBlock = new Map(OPERATORS.map((operator) => [operator.block, operator]));

/** The binary operator that is written so. */
export const operatorOf = (symbol: string): Operator | undefined => bySymbol.get(symbol);

/** The binary operator that writes the block. */
export const infixOf = (block: string): Operator | undefined => byBlock.get(block);

/** `not` binds between `and` and the comparisons, `-` between the products and the powers. */
export const NOT_POWER = 3;
export const COMPARE_POWER = 4;
export const NEGATE_POWER = 7;
export const POSTFIX_POWER = 9;

/** How tightly the left side of a binary operator must bind to stand there without brackets. */
export const leftPower = ({ block, power }: Operator): number =>
  block === 'pow' ? POSTFIX_POWER : power === COMPARE_POWER ? power + 1 : power;

export const ACTIONS: ReadonlySet<string> = new Set(['buy', 'sell', 'short', 'cover', 'info']);

/**
 * Words that can't be names. `_` stands where a value is still missing; `__proto__` is no name that an object could
 * have something under.
 */
export const RESERVED: ReadonlySet<string> = new Set([
  '_',
  '__proto__',
  'and',
  'or',
  'not',
  'true',
  'false',
  'na',
  'input',
  'in',
  'of',
  'step',
  ...ACTIONS,
]);
