import type { Literal } from '../model/formula.ts';
import type { Token } from './lexer.ts';
import { plainSpan } from './problems.ts';
import {
  ACTIONS,
  COMPARE_POWER,
  NEGATE_POWER,
  NOT_POWER,
  operatorOf,
  RESERVED,
  type Argument,
  type Call,
  type Expression,
  type Operator,
} from './syntax.ts';
import { describe, type TokenCursor } from './token-cursor.ts';

/** Reads an expression whose operators all bind more tightly than `power`. */
export function readExpression(cursor: TokenCursor, power = 0): Expression {
  cursor.descend();
  const expression = readOperators(cursor, power);
  cursor.ascend();
  return expression;
}

/** Reads a constant: 10, -2.5, 50%, "sma", true, na. */
export function readLiteral(cursor: TokenCursor): Literal {
  const token = cursor.peek();
  const value = readExpression(cursor, NEGATE_POWER);
  if (value.kind !== 'literal')
    cursor.fail('literal', `A plain value belongs here (10, 50%, "sma", true), not ${describe(token)}.`, token);
  return value.value;
}

function readOperators(cursor: TokenCursor, power: number): Expression {
  const first = cursor.peek();
  let left = readPostfixes(cursor, readPrefix(cursor), first);
  let compared: Expression | null = null;
  for (let operator = operatorAt(cursor); operator && operator.power > power; operator = operatorAt(cursor)) {
    if (compared && operator.power === COMPARE_POWER) refuseChain(cursor, compared);
    takeOperator(cursor);
    // `^` groups to the right: its right side may hold another `^`, or a sign.
    const right = readExpression(cursor, operator.block === 'pow' ? NEGATE_POWER - 1 : operator.power);
    left = { kind: 'operator', block: operator.block, operands: [left, right], span: cursor.since(first) };
    compared = operator.power === COMPARE_POWER ? right : null;
  }
  return left;
}

function operatorAt(cursor: TokenCursor): Operator | undefined {
  const { kind, text } = cursor.peek();
  return kind === 'operator' || kind === 'name' ? operatorOf(text === '=' ? '==' : text) : undefined;
}

/** Behind a value `=` can only be meant to compare. */
function takeOperator(cursor: TokenCursor): void {
  const operator = cursor.next();
  if (operator.text === '=')
    cursor.problems.add('compare', operator, 'Two values are compared with `==`; `=` gives a value a name.', {
      fix: { title: 'Write `==`', change: { start: operator.start, end: operator.end, insert: '==' } },
    });
}

function refuseChain(cursor: TokenCursor, middle: Expression): never {
  const change = cursor.insertion(` and ${cursor.textOf(middle.span)}`);
  return cursor.fail('compare-chain', 'Comparisons do not chain: write `a < b and b < c`.', cursor.peek(), {
    title: 'Compare twice',
    change,
  });
}

function readPrefix(cursor: TokenCursor): Expression {
  const token = cursor.peek();
  const isMinus = token.kind === 'operator' && token.text === '-';
  const isBracket = token.kind === 'operator' && token.text === '(';
  // What can't begin a value is left where it is: the end of the line may be it.
  if (!isMinus && !isBracket && !['name', 'number', 'string'].includes(token.kind))
    cursor.fail('expression', `A value is missing: ${describe(token)} can't stand here.`, token);
  cursor.next();
  if (isMinus) return readNegation(cursor, token);
  if (token.kind === 'number') return readNumber(cursor, token);
  if (token.kind === 'string') return { kind: 'literal', value: token.text, span: token };
  return isBracket ? readBracketed(cursor, token) : readWord(cursor, token);
}

function readBracketed(cursor: TokenCursor, bracket: Token): Expression {
  cursor.open();
  const inner = readExpression(cursor);
  cursor.close(')', bracket);
  return { ...inner, span: cursor.since(bracket) };
}

function readWord(cursor: TokenCursor, token: Token): Expression {
  if (token.text === 'not')
    return { kind: 'operator', block: 'not', operands: [readExpression(cursor, NOT_POWER)], span: cursor.since(token) };
  if (token.text === 'true' || token.text === 'false')
    return { kind: 'literal', value: token.text === 'true', span: token };
  if (ACTIONS.has(token.text))
    cursor.fail('action-value', `\`${token.text}\` acts; it has no value. It stands on a line of its own.`, token);
  if (cursor.isOperator('(')) return readCall(cursor, token);
  if (token.text === 'na') return { kind: 'literal', value: null, span: token };
  if (RESERVED.has(token.text) && token.text !== '_')
    cursor.fail('expression', `\`${token.text}\` can't stand inside a value.`, token);
  return { kind: 'name', name: token.text, span: token };
}

/** `-5` is a number, `-(5)` the negation of one. */
function readNegation(cursor: TokenCursor, minus: Token): Expression {
  const isNumber = cursor.peek().kind === 'number';
  const operand = readExpression(cursor, NEGATE_POWER);
  const span = cursor.since(minus);
  const value = isNumber && operand.kind === 'literal' ? negated(operand.value) : undefined;
  return value === undefined
    ? { kind: 'operator', block: 'neg', operands: [operand], span }
    : { kind: 'literal', value, span };
}

function negated(value: Literal): Literal | undefined {
  // Zero has no sign.
  if (typeof value === 'number') return 0 - value;
  return typeof value === 'string' ? `-${value}` : undefined;
}

function readNumber(cursor: TokenCursor, token: Token): Expression {
  const value = Number(token.text);
  if (!Number.isFinite(value)) cursor.fail('number', 'This number is too large.', token);
  if (!cursor.accept('%')) return { kind: 'literal', value, span: token };
  return { kind: 'literal', value: `${value}%`, span: cursor.since(token) };
}

/** `[1]` and `.upper` behind a value, as many as there are. */
function readPostfixes(cursor: TokenCursor, value: Expression, first: Token): Expression {
  let of = value;
  for (let count = 1; cursor.isOperator('[') || cursor.isOperator('.'); count += 1) {
    cursor.checkDepth(count);
    const symbol = cursor.next();
    of = symbol.text === '.' ? readOutput(cursor, of, first) : readPast(cursor, of, symbol, first);
  }
  return of;
}

function readOutput(cursor: TokenCursor, of: Expression, first: Token): Expression {
  const name = cursor.peek();
  if (name.kind !== 'name')
    cursor.fail('output', `The name of an output belongs after the dot, not ${describe(name)}.`, name);
  cursor.next();
  if (cursor.isOperator('(') && isNames(of)) return readPrefixed(cursor, name, first);
  return { kind: 'output', of, name: name.text, nameSpan: name, span: cursor.since(first) };
}

/** `ta` or `a.b`: what stands before the names of functions in other languages. */
const isNames = (value: Expression): boolean => value.kind === 'name' || (value.kind === 'output' && isNames(value.of));

/** `ta.sma(close, 20)`, read as `sma(close, 20)`. */
function readPrefixed(cursor: TokenCursor, name: Token, first: Token): Call {
  const prefix = { ...plainSpan(first), end: name.start };
  cursor.problems.add('prefix', prefix, `Names have no \`${cursor.textOf(prefix)}\` here: write \`${name.text}(…)\`.`, {
    fix: { title: `Write \`${name.text}\``, change: { start: first.start, end: name.start, insert: '' } },
  });
  return readCall(cursor, name);
}

function readPast(cursor: TokenCursor, of: Expression, bracket: Token, first: Token): Expression {
  cursor.open();
  const bars = readExpression(cursor);
  cursor.close(']', bracket);
  return { kind: 'past', of, bars, span: cursor.since(first) };
}

/** The arguments in brackets behind `name`, which has been taken. */
export function readCall(cursor: TokenCursor, name: Token): Call {
  const bracket = cursor.next();
  cursor.open();
  const args: Argument[] = [];
  while (!cursor.isOperator(')') && cursor.peek().kind !== 'end') {
    args.push(readArgument(cursor, args.at(-1)));
    if (!cursor.accept(',')) break;
  }
  cursor.close(')', bracket);
  return { kind: 'call', name: name.text, nameSpan: name, args, span: cursor.since(name) };
}

export function readArgument(cursor: TokenCursor, before: Argument | undefined): Argument {
  const first = cursor.peek();
  const separator = first.kind === 'name' ? cursor.peekSecond() : first;
  const isNamed =
    separator.kind === 'operator' && (separator.text === ':' || separator.text === '=') && separator !== first;
  if (isNamed) {
    cursor.next();
    cursor.next();
    if (separator.text === '=')
      cursor.problems.add('argument-name', separator, 'An argument is named with a colon: `size: 50%`.', {
        fix: { title: 'Write `:`', change: { start: first.end, end: separator.end, insert: ':' } },
      });
  } else if (before?.name !== undefined) {
    cursor.problems.add('argument-order', first, 'Arguments without a name come before those with one.');
  }
  const value = readExpression(cursor);
  return { value, span: cursor.since(first), ...(isNamed ? { name: first.text, nameSpan: first } : {}) };
}
