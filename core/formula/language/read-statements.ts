import type { Diagnostic, Fix } from '../model/diagnostic.ts';
import type { Literal } from '../model/formula.ts';
import { foreignStatement } from './foreign-statements.ts';
import { lex, type Token } from './lexer.ts';
import { readCall, readExpression, readLiteral } from './read-expression.ts';
import { readFunction } from './read-function.ts';
import { suggest } from './suggest.ts';
import { ACTIONS, RESERVED, type Statement } from './syntax.ts';
import { Abandon, describe, TokenCursor } from './token-cursor.ts';

/** Code longer than this is refused unread; a strategy of 2,000 lines has about 100,000 characters. */
export const LONGEST_CODE = 1_000_000;

export interface Syntax {
  readonly statements: readonly Statement[];
  /** Names that statements define which can't be read: what uses them is not to blame. */
  readonly lost: ReadonlySet<string>;
  readonly epilogue?: string;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads code into statements. Never throws: what can't be read is reported, and reading goes on at the next statement.
 */
export function readStatements(code: string): Syntax {
  if (code.length > LONGEST_CODE) {
    const span = { start: 0, end: 0, line: 1, column: 1 };
    const message = `This is ${code.length.toLocaleString('en')} characters long; a formula may have ${LONGEST_CODE.toLocaleString('en')}.`;
    return { statements: [], lost: new Set(), diagnostics: [{ code: 'too-long', severity: 'error', message, span }] };
  }
  const { tokens, slips } = lex(code);
  const cursor = new TokenCursor(code, tokens);
  const statements: Statement[] = [];
  const lost = new Set<string>();
  let comments: string[] = [];
  let [isLineEmpty, isSpaced] = [false, false];
  while (cursor.peek().kind !== 'end' && !cursor.problems.isFull) {
    const token = cursor.peek();
    if (token.kind === 'newline' || token.kind === 'comment') {
      if (token.kind === 'comment') comments.push(token.text);
      // A `;` ends no line.
      const endsLine = token.text === '\n';
      if (endsLine && isLineEmpty) isSpaced = true;
      isLineEmpty = endsLine;
      cursor.next();
      continue;
    }
    const { statement, below } = readStatement(cursor, comments, lost);
    if (statement) statements.push(isSpaced ? { ...statement, isSpaced } : statement);
    comments = [...below];
    [isLineEmpty, isSpaced] = [false, false];
  }
  return {
    statements,
    lost,
    diagnostics: [...slips, ...cursor.problems.list()],
    ...(comments.length > 0 ? { epilogue: comments.join('\n') } : {}),
  };
}

interface Read {
  readonly statement: Statement | null;
  /** Comments behind the statement that belong to what stands below. */
  readonly below: readonly string[];
}

function readStatement(cursor: TokenCursor, above: readonly string[], lost: Set<string>): Read {
  const first = cursor.peek();
  const second = cursor.peekSecond();
  cursor.begin();
  try {
    if (first.text === 'fn' && first.kind === 'name' && second.kind === 'name') {
      const { statement, comments, below } = readFunction(cursor, first, {
        statement: (lines) => readStatement(cursor, lines, lost).statement,
      });
      return { statement: commented(statement, [...above, ...comments]), below };
    }
    const isMuted = first.text === 'mute' && first.kind === 'name' && second.kind === 'name';
    if (isMuted) cursor.next();
    const read = isMuted ? readMuted(cursor) : readKind(cursor, first, second);
    return { statement: commented(read, [...above, ...cursor.endOfStatement()]), below: [] };
  } catch (error) {
    if (!(error instanceof Abandon)) throw error;
    if ((first.text === 'input' || first.text === 'fn') && second.kind === 'name') lost.add(second.text);
    else if (first.kind === 'name') lost.add(first.text);
    cursor.skipStatement();
    return { statement: null, below: [] };
  }
}

/** What stands behind `mute`: a value with a name, or an action. */
function readMuted(cursor: TokenCursor): Statement {
  const [first, second] = [cursor.peek(), cursor.peekSecond()];
  if ((first.text === 'input' || first.text === 'fn') && second.kind === 'name')
    cursor.fail('mute', 'A value or an action can be muted, an input or a function can not.', first);
  return { ...readKind(cursor, first, second), isMuted: true };
}

const commented = (statement: Statement, comments: readonly string[]): Statement =>
  comments.length > 0 ? { ...statement, comment: comments.join('\n') } : statement;

function readKind(cursor: TokenCursor, first: Token, second: Token): Statement {
  if (first.kind !== 'name')
    cursor.fail(
      'statement',
      `A statement begins with a name, an input or an action, not with ${describe(first)}.`,
      first,
    );
  cursor.next();
  if (first.text === 'input' && second.kind === 'name') return readInput(cursor, first);
  if (ACTIONS.has(first.text) && !cursor.isOperator('=')) return readAction(cursor, first);
  if (!cursor.isOperator('=')) refuseStatement(cursor, first);
  refuseReserved(cursor, first);
  cursor.next();
  const value = readExpression(cursor);
  return { kind: 'binding', name: first.text, nameSpan: first, value, span: cursor.since(first) };
}

function readAction(cursor: TokenCursor, name: Token): Statement {
  if (!cursor.isOperator('('))
    cursor.fail('statement', `Write the action with its arguments: ${name.text}(when: …).`, name);
  return { kind: 'action', call: readCall(cursor, name), span: cursor.since(name) };
}

/** What a line most likely was to be: an action or an input with a slip in its word, a name with two equals signs. */
function refuseStatement(cursor: TokenCursor, first: Token): never {
  const next = cursor.peek();
  const foreign = foreignStatement(first.text, cursor.isOperator('.') ? cursor.peekSecond().text : null);
  if (foreign !== null) return cursor.fail('statement', foreign, first);
  const meant =
    next.kind === 'name'
      ? suggest(first.text, ['input', 'fn'])
      : cursor.isOperator('(')
        ? suggest(first.text, ACTIONS)
        : undefined;
  if (meant !== undefined)
    return cursor.fail(
      'statement',
      `This is not a statement. Did you mean \`${meant}\`?`,
      first,
      replacing(first, meant),
    );
  if (cursor.isOperator('('))
    return cursor.fail(
      'statement',
      `This is not a statement. Give the value a name (\`x = ${first.text}(…)\`) or use it in an action.`,
      first,
    );
  return cursor.fail(
    'statement',
    `This is not a statement. Did you mean \`${first.text} = …\`?`,
    first,
    cursor.isOperator('==') ? replacing(next, '=') : undefined,
  );
}

const replacing = ({ start, end }: Token, insert: string): Fix => ({
  title: `Write \`${insert}\``,
  change: { start, end, insert },
});

function refuseReserved(cursor: TokenCursor, name: Token): void {
  if (RESERVED.has(name.text))
    cursor.fail('reserved', `\`${name.text}\` is a word of the language; choose another name.`, name);
}

function readInput(cursor: TokenCursor, first: Token): Statement {
  const name = cursor.next();
  refuseReserved(cursor, name);
  cursor.expect('=', `Give the input a value: input ${name.text} = 10`);
  const args: Record<string, Literal> = { value: readLiteral(cursor) };
  if (cursor.acceptName('in')) Object.assign(args, readRange(cursor));
  if (cursor.acceptName('step')) args['step'] = readLiteral(cursor);
  if (cursor.acceptName('of')) args['options'] = readOptions(cursor);
  return { kind: 'input', name: name.text, nameSpan: name, args, span: cursor.since(first) };
}

/** `2..50`; either end may be left out. */
function readRange(cursor: TokenCursor): Record<string, Literal> {
  const min = cursor.isOperator('..') ? {} : { min: readLiteral(cursor) };
  cursor.expect('..', 'Write the range as `in 2..50`.');
  const { kind, text } = cursor.peek();
  const isOpen = kind === 'newline' || kind === 'comment' || kind === 'end' || (kind === 'name' && text === 'step');
  return isOpen ? min : { ...min, max: readLiteral(cursor) };
}

function readOptions(cursor: TokenCursor): Literal {
  const options: (number | boolean | string)[] = [];
  do {
    const token = cursor.peek();
    const option = readLiteral(cursor);
    if (typeof option !== 'number' && typeof option !== 'boolean' && typeof option !== 'string')
      return cursor.fail('literal', 'An option is a number, a text, true or false.', token);
    options.push(option);
  } while (cursor.accept(','));
  return options;
}
