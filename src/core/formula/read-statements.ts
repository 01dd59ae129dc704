import type { Diagnostic, Span } from './diagnostic.ts';
import type { Literal } from './formula.ts';
import { lex, type Token } from './lexer.ts';
import { NEGATE_POWER, NOT_POWER, PRECEDENCE, type Argument, type Expression, type Statement } from './syntax.ts';

/** Code longer than this is refused unread; a strategy of 2,000 lines has about 100,000 characters. */
export const LONGEST_CODE = 1_000_000;
/** Brackets and operators inside one another. Bounds the stack. */
export const DEEPEST_NESTING = 200;
/** Beyond this the rest of the code is not worth reading. */
const MOST_PROBLEMS = 200;

const ACTIONS = new Set(['buy', 'sell', 'short', 'cover', 'info']);
/** Words that can't be names. `_` stands where a value is still missing. */
export const RESERVED: ReadonlySet<string> = new Set(['_', 'and', 'or', 'not', 'true', 'false', 'na', 'input', 'in', 'of', 'step', ...ACTIONS]);

export interface Syntax {
  readonly statements: readonly Statement[];
  readonly epilogue?: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads code into statements. Never throws: what can't be read is reported, and reading goes on at the next statement. */
export function readStatements(code: string): Syntax {
  if (code.length > LONGEST_CODE) {
    const span = { start: 0, end: 0, line: 1, column: 1 };
    const message = `This is ${code.length.toLocaleString('en')} characters long; a formula may have ${LONGEST_CODE.toLocaleString('en')}.`;
    return { statements: [], diagnostics: [{ code: 'too-long', severity: 'error', message, span }] };
  }
  return new Reader(lex(code)).program();
}

/** Ends the reading of one statement; the problem is reported already. */
class Abandon extends Error {}

class Reader {
  readonly #tokens: readonly Token[];
  #at = 0;
  /** Open brackets: newlines inside them do not end the statement. */
  #open = 0;
  #depth = 0;
  readonly #diagnostics: Diagnostic[] = [];

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  program(): Syntax {
    const statements: Statement[] = [];
    let comments: string[] = [];
    while (this.#peek().kind !== 'end' && this.#diagnostics.length < MOST_PROBLEMS) {
      const token = this.#peek();
      if (token.kind === 'comment') {
        comments.push(this.#raw().text);
        continue;
      }
      if (token.kind === 'newline') {
        this.#raw();
        continue;
      }
      const statement = this.#recovering(() => this.#statement(comments.length > 0 ? comments.join('\n') : undefined));
      comments = [];
      if (statement) statements.push(statement);
    }
    return { statements, diagnostics: this.#diagnostics, ...(comments.length > 0 ? { epilogue: comments.join('\n') } : {}) };
  }

  #recovering(read: () => Statement): Statement | null {
    this.#open = 0;
    this.#depth = 0;
    try {
      const statement = read();
      this.#endOfStatement();
      return statement;
    } catch (error) {
      if (!(error instanceof Abandon)) throw error;
      this.#skipStatement();
      return null;
    }
  }

  #statement(comment: string | undefined): Statement {
    const first = this.#peek();
    const extra = comment === undefined ? {} : { comment };
    if (first.kind !== 'name') {
      this.#fail('statement', `A statement begins with a name, an input or an action, not with ${describe(first)}.`, first);
    }
    if (first.text === 'input' && this.#tokens[this.#at + 1]?.kind === 'name') return { ...this.#input(), ...extra };
    if (ACTIONS.has(first.text)) {
      this.#next();
      if (!this.#isOperator('(')) this.#fail('statement', `Write the action with its arguments: ${first.text}(when: …).`, first);
      return { kind: 'action', call: this.#call(first), span: this.#since(first), ...extra };
    }
    this.#next();
    if (!this.#isOperator('=')) {
      const hint = this.#isOperator('(') ? ` Give the value a name (\`x = ${first.text}(…)\`) or use it in an action.` : ` Did you mean \`${first.text} = …\`?`;
      this.#fail('statement', `This is not a statement.${hint}`, first);
    }
    if (RESERVED.has(first.text)) this.#fail('reserved', `\`${first.text}\` is a word of the language; choose another name.`, first);
    this.#next();
    const value = this.#expression(0);
    return { kind: 'binding', name: first.text, nameSpan: first, value, span: this.#since(first), ...extra };
  }

  #input(): Extract<Statement, { kind: 'input' }> {
    const first = this.#next();
    const name = this.#next();
    if (RESERVED.has(name.text)) this.#fail('reserved', `\`${name.text}\` is a word of the language; choose another name.`, name);
    this.#expect('=', `Give the input a value: input ${name.text} = 10`);
    const args: Record<string, Literal> = { value: this.#literal() };
    if (this.#acceptName('in')) {
      if (!this.#isOperator('..')) args['min'] = this.#literal();
      this.#expect('..', 'Write the range as `in 2..50`.');
      if (!/^(newline|comment|end)$/.test(this.#peek().kind) && !this.#isName('step')) args['max'] = this.#literal();
    }
    if (this.#acceptName('step')) args['step'] = this.#literal();
    if (this.#acceptName('of')) {
      const options: (number | boolean | string)[] = [];
      do {
        const option = this.#literal();
        if (typeof option === 'number' || typeof option === 'boolean' || typeof option === 'string') options.push(option);
      } while (this.#accept(','));
      args['options'] = options;
    }
    return { kind: 'input', name: name.text, nameSpan: name, args, span: this.#since(first) };
  }

  #literal(): Literal {
    const token = this.#peek();
    const value = this.#expression(NEGATE_POWER);
    const literal = constantOf(value);
    if (literal === undefined) this.#fail('literal', `A plain value belongs here (10, 50%, "sma", true), not ${describe(token)}.`, token);
    return literal;
  }

  #expression(power: number): Expression {
    this.#depth += 1;
    if (this.#depth > DEEPEST_NESTING) this.#fail('nesting', `This is nested more than ${DEEPEST_NESTING} deep. Give a part of it a name of its own.`, this.#peek());
    const first = this.#peek();
    let left = this.#prefix();
    for (;;) {
      const token = this.#peek();
      if (token.kind === 'operator' && (token.text === '[' || token.text === '.')) {
        left = this.#postfix(left, first);
        continue;
      }
      const operator = token.kind === 'operator' || token.kind === 'name' ? PRECEDENCE[token.text] : undefined;
      if (!operator || operator.power <= power) break;
      this.#next();
      // `^` groups to the right: its right side may hold another `^`, or a sign.
      const right = this.#expression(operator.block === 'pow' ? NEGATE_POWER - 1 : operator.power);
      left = { kind: 'operator', block: operator.block, operands: [left, right], span: this.#since(first) };
      if (operator.power === 4 && PRECEDENCE[this.#peek().text]?.power === 4) {
        this.#fail('compare-chain', 'Comparisons do not chain: write `a < b and b < c`.', this.#peek());
      }
    }
    this.#depth -= 1;
    return left;
  }

  #prefix(): Expression {
    const token = this.#next();
    if (token.kind === 'name') {
      if (token.text === 'not') return { kind: 'operator', block: 'not', operands: [this.#expression(NOT_POWER)], span: this.#since(token) };
      if (token.text === 'true' || token.text === 'false') return { kind: 'literal', value: token.text === 'true', span: token };
      if (this.#isOperator('(')) return this.#call(token);
      if (token.text === 'na') return { kind: 'literal', value: null, span: token };
      if (RESERVED.has(token.text) && token.text !== '_') this.#fail('expression', `\`${token.text}\` can't stand inside a value.`, token);
      return { kind: 'name', name: token.text, span: token };
    }
    if (token.kind === 'number') return this.#number(token);
    if (token.kind === 'string') return { kind: 'literal', value: token.text, span: token };
    if (token.kind === 'operator' && token.text === '-') {
      // `-5` is a number, `-(5)` the negation of one.
      const isNumber = this.#peek().kind === 'number';
      const operand = this.#expression(NEGATE_POWER);
      const span = this.#since(token);
      const value = isNumber && operand.kind === 'literal' ? negated(operand.value) : undefined;
      return value === undefined ? { kind: 'operator', block: 'neg', operands: [operand], span } : { kind: 'literal', value, span };
    }
    if (token.kind === 'operator' && token.text === '(') {
      this.#open += 1;
      const inner = this.#expression(0);
      this.#close(')', token);
      return { ...inner, span: this.#since(token) };
    }
    this.#fail('expression', `A value is missing: ${describe(token)} can't stand here.`, token);
  }

  #number(token: Token): Expression {
    if (this.#isOperator('%')) {
      this.#next();
      return { kind: 'literal', value: `${String(Number(token.text))}%`, span: this.#since(token) };
    }
    return { kind: 'literal', value: Number(token.text), span: token };
  }

  #postfix(of: Expression, first: Token): Expression {
    const symbol = this.#next();
    if (symbol.text === '.') {
      const name = this.#next();
      if (name.kind !== 'name') this.#fail('output', `The name of an output belongs after the dot, not ${describe(name)}.`, name);
      return { kind: 'output', of, name: name.text, span: this.#since(first) };
    }
    this.#open += 1;
    const bars = this.#next();
    if (bars.kind !== 'number' || !/^\d+$/.test(bars.text)) this.#fail('past', 'The number of bars ago is a whole number: close[1].', bars);
    this.#close(']', symbol);
    return { kind: 'past', of, bars: Number(bars.text), span: this.#since(first) };
  }

  #call(name: Token): Extract<Expression, { kind: 'call' }> {
    const bracket = this.#next();
    this.#open += 1;
    const args: Argument[] = [];
    while (!this.#isOperator(')')) {
      const first = this.#peek();
      if (first.kind === 'end') break;
      const named = first.kind === 'name' && this.#afterPeek().text === ':';
      if (named) {
        this.#next();
        this.#next();
      } else if (args.some((arg) => arg.name !== undefined)) {
        this.#problem('argument-order', 'Arguments without a name come before those with one.', first);
      }
      const value = this.#expression(0);
      args.push({ value, span: this.#since(first), ...(named ? { name: first.text } : {}) });
      if (!this.#accept(',')) break;
    }
    this.#close(')', bracket);
    return { kind: 'call', name: name.text, args, span: this.#since(name) };
  }

  // Tokens. Comments and newlines inside brackets are passed over.

  #raw(): Token {
    const token = this.#tokens[this.#at] ?? this.#end();
    if (token.kind !== 'end') this.#at += 1;
    return token;
  }

  #end(): Token {
    const token = this.#tokens.at(-1);
    if (!token) throw new Error('The lexer always ends with a token.');
    return token;
  }

  #peek(): Token {
    while (this.#open > 0 && /^(newline|comment)$/.test(this.#tokens[this.#at]?.kind ?? '')) this.#at += 1;
    return this.#tokens[this.#at] ?? this.#end();
  }

  #afterPeek(): Token {
    let at = this.#at + 1;
    while (this.#open > 0 && /^(newline|comment)$/.test(this.#tokens[at]?.kind ?? '')) at += 1;
    return this.#tokens[at] ?? this.#end();
  }

  #next(): Token {
    this.#peek();
    return this.#raw();
  }

  #isOperator(text: string): boolean {
    const token = this.#peek();
    return token.kind === 'operator' && token.text === text;
  }

  #isName(text: string): boolean {
    const token = this.#peek();
    return token.kind === 'name' && token.text === text;
  }

  #accept(operator: string): boolean {
    if (!this.#isOperator(operator)) return false;
    this.#next();
    return true;
  }

  #acceptName(text: string): boolean {
    if (!this.#isName(text)) return false;
    this.#next();
    return true;
  }

  #expect(operator: string, message: string): void {
    if (!this.#accept(operator)) this.#fail('syntax', message, this.#peek());
  }

  #close(bracket: string, opened: Token): void {
    if (!this.#isOperator(bracket)) {
      const found = this.#peek();
      this.#fail('bracket', `The bracket opened here is not closed: \`${bracket}\` or \`,\` is missing before ${describe(found)}.`, opened);
    }
    this.#next();
    this.#open -= 1;
  }

  #endOfStatement(): void {
    const token = this.#peek();
    if (token.kind === 'newline' || token.kind === 'end' || token.kind === 'comment') return;
    this.#fail('syntax', `${capital(describe(token))} is one too many here. A statement ends with its line.`, token);
  }

  /** To the next line that looks like the beginning of a statement, so that one slip is one problem. */
  #skipStatement(): void {
    this.#open = 0;
    while (this.#peek().kind !== 'newline' && this.#peek().kind !== 'end') this.#raw();
    while (this.#peek().kind === 'newline' && /^[)\],]$/.test(this.#tokens[this.#at + 1]?.text ?? '')) {
      this.#raw();
      while (this.#peek().kind !== 'newline' && this.#peek().kind !== 'end') this.#raw();
    }
  }

  #since(first: Span): Span {
    const last = this.#tokens[this.#at - 1] ?? this.#end();
    return { start: first.start, end: Math.max(first.end, last.end), line: first.line, column: first.column };
  }

  #problem(code: string, message: string, { start, end, line, column }: Span): void {
    this.#diagnostics.push({ code, severity: 'error', message, span: { start, end, line, column } });
  }

  #fail(code: string, message: string, span: Span): never {
    this.#problem(code, message, span);
    throw new Abandon(code);
  }
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

function describe(token: Token): string {
  if (token.kind === 'end') return 'the end of the code';
  if (token.kind === 'newline') return 'the end of the line';
  if (token.kind === 'bad') return token.text === '"' ? 'text without its closing quote' : `the character \`${token.text}\``;
  return `\`${token.text}\``;
}

function negated(value: Literal): Literal | undefined {
  if (typeof value === 'number') return -value;
  return typeof value === 'string' && /^[\d.]/.test(value) && value.endsWith('%') ? `-${value}` : undefined;
}

/** The plain value that an expression is, if it is one. */
function constantOf(expression: Expression): Literal | undefined {
  return expression.kind === 'literal' ? expression.value : undefined;
}
