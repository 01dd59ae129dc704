import type { Span } from './diagnostic.ts';
import type { Literal } from './formula.ts';

/** What the parser reads, before names have a meaning. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: Literal; readonly span: Span }
  | { readonly kind: 'name'; readonly name: string; readonly span: Span }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Argument[]; readonly span: Span }
  | { readonly kind: 'operator'; readonly block: string; readonly operands: readonly Expression[]; readonly span: Span }
  | { readonly kind: 'past'; readonly of: Expression; readonly bars: number; readonly span: Span }
  | { readonly kind: 'output'; readonly of: Expression; readonly name: string; readonly span: Span };

export interface Argument {
  readonly name?: string;
  readonly value: Expression;
  readonly span: Span;
}

interface StatementBase {
  readonly comment?: string;
  readonly span: Span;
}

export type Statement =
  | (StatementBase & { readonly kind: 'input'; readonly name: string; readonly nameSpan: Span; readonly args: Readonly<Record<string, Literal>> })
  | (StatementBase & { readonly kind: 'binding'; readonly name: string; readonly nameSpan: Span; readonly value: Expression })
  | (StatementBase & { readonly kind: 'action'; readonly call: Extract<Expression, { kind: 'call' }> });

/** Binary operators, loosest first; all but `pow` group to the left, comparisons do not group at all. */
export const PRECEDENCE: Readonly<Record<string, { readonly block: string; readonly power: number }>> = {
  or: { block: 'or', power: 1 },
  and: { block: 'and', power: 2 },
  '<': { block: 'lt', power: 4 },
  '<=': { block: 'lte', power: 4 },
  '>': { block: 'gt', power: 4 },
  '>=': { block: 'gte', power: 4 },
  '==': { block: 'eq', power: 4 },
  '!=': { block: 'neq', power: 4 },
  '+': { block: 'add', power: 5 },
  '-': { block: 'sub', power: 5 },
  '*': { block: 'mul', power: 6 },
  '/': { block: 'div', power: 6 },
  '^': { block: 'pow', power: 8 },
};
/** `not` binds between `and` and the comparisons, `-` between the products and the powers. */
export const NOT_POWER = 3;
export const NEGATE_POWER = 7;
export const POSTFIX_POWER = 9;
