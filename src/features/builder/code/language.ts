import {
  HighlightStyle,
  indentService,
  LanguageSupport,
  StreamLanguage,
  syntaxHighlighting,
  type StringStream,
} from '@codemirror/language';
import { tags } from '@lezer/highlight';
import { findBlock, isBareName } from '#core/formula/blocks/catalogue.ts';
import { RESERVED } from '#core/formula/language/syntax.ts';
import { callsAround } from './calls-around.ts';
import { lineTokens, type Token } from './tokens.ts';

/** The line that is being coloured: no token of the language spans two. */
interface Line {
  text: string | undefined;
  tokens: readonly Token[];
}

/** Colours what the language's own lexer finds. */
const language = StreamLanguage.define<Line>({
  name: 'alphaloom',
  startState: () => ({ text: undefined, tokens: [] }),
  copyState: (line) => ({ ...line }),
  token(stream, line) {
    if (line.text !== stream.string) Object.assign(line, { text: stream.string, tokens: lineTokens(stream.string) });
    return colourNext(stream, line.tokens);
  },
  languageData: { commentTokens: { line: '#' }, closeBrackets: { brackets: ['(', '[', '"'] } },
});

function colourNext(stream: StringStream, tokens: readonly Token[]): string | null {
  const index = tokens.findIndex(({ end }) => end > stream.pos);
  const token = tokens[index];
  if (!token || token.end <= token.start) {
    stream.skipToEnd();
    return null;
  }
  const isInside = token.start <= stream.pos;
  stream.pos = Math.min(stream.string.length, isInside ? token.end : token.start);
  return isInside ? styleOf(token, tokens[index - 1], tokens[index + 1]) : null;
}

function styleOf({ kind, text }: Token, before: Token | undefined, behind: Token | undefined): string | null {
  switch (kind) {
    case 'name':
      return wordStyle(text, before?.text, behind?.text);
    case 'operator':
      // `50%` is one number.
      if (text === '%' && before?.kind === 'number') return 'number';
      return /^[()[\],:.]$/.test(text) ? 'punctuation' : 'operator';
    case 'bad':
      return 'invalid';
    case 'number':
    case 'string':
    case 'comment':
      return kind;
    case 'newline':
    case 'end':
      return null;
  }
}

function wordStyle(word: string, before: string | undefined, behind: string | undefined): string {
  if (before === '.') return 'propertyName';
  if (word === 'true' || word === 'false' || word === 'na') return behind === '(' ? 'variableName.function' : 'atom';
  const block = findBlock(word);
  if (block?.kind === 'action') return 'macroName';
  if (RESERVED.has(word) && word !== '_') return 'keyword';
  if (behind === ':') return 'attributeName';
  if (behind === '(' && block) return 'variableName.function';
  return isBareName(word) ? 'variableName.standard' : 'variableName';
}

const style = HighlightStyle.define([
  { tag: tags.comment, color: 'var(--faint)', fontStyle: 'italic' },
  { tag: tags.keyword, color: 'var(--thread-7)' },
  { tag: tags.macroName, color: 'var(--thread-2)', fontWeight: '600' },
  { tag: tags.string, color: 'var(--thread-6)' },
  { tag: tags.number, color: 'var(--thread-5)' },
  { tag: tags.atom, color: 'var(--thread-4)' },
  { tag: tags.function(tags.variableName), color: 'var(--thread-1)' },
  { tag: tags.standard(tags.variableName), color: 'var(--thread-3)' },
  { tag: tags.propertyName, color: 'var(--thread-8)' },
  { tag: tags.attributeName, color: 'var(--muted)' },
  { tag: [tags.operator, tags.punctuation], color: 'var(--muted)' },
  { tag: tags.invalid, color: 'var(--bad)' },
]);

const INDENT = 4;

/** Inside brackets lines are set in, as the print has them. */
const indent = indentService.of((context, at) => {
  const { from, text } = context.lineAt(at);
  const open = callsAround(context.state.sliceDoc(0, from)).length;
  const closing = /^\s*[)\]]+/.exec(text)?.[0].trim().length ?? 0;
  return open - closing > 0 ? INDENT : 0;
});

/** The formula language for the editor. */
export const formulaLanguage = new LanguageSupport(language, [syntaxHighlighting(style), indent]);
