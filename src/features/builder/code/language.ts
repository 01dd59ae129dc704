import { HighlightStyle, LanguageSupport, StreamLanguage, syntaxHighlighting } from '@codemirror/language';
import { tags } from '@lezer/highlight';
import { findBlock, isBareName } from '#core/formula/catalogue.ts';

const WORDS = /^(and|or|not|input|in|of|step)$/;
const ACTIONS = /^(buy|sell|short|cover|info)$/;

const language = StreamLanguage.define<null>({
  name: 'alphaloom',
  startState: () => null,
  token: (stream) => {
    if (stream.eatSpace()) return null;
    if (stream.match(/^#.*/)) return 'comment';
    if (stream.match(/^"(?:[^"\\]|\\.)*"?/)) return 'string';
    if (stream.match(/^(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?%?/i)) return 'number';
    const word = stream.match(/^[A-Za-z_]\w*/);
    if (word && typeof word !== 'boolean') return wordStyle(word[0], stream.peek());
    if (stream.match(/^(<=|>=|==|!=|\.\.|[-+*/^<>=])/)) return 'operator';
    stream.next();
    return null;
  },
  languageData: { commentTokens: { line: '#' }, closeBrackets: { brackets: ['(', '[', '"'] } },
});

function wordStyle(word: string, next: string | undefined): string {
  if (WORDS.test(word)) return 'keyword';
  if (ACTIONS.test(word)) return 'macroName';
  if (word === 'true' || word === 'false' || word === 'na') return 'atom';
  if (next === '(' && findBlock(word)) return 'variableName.function';
  if (isBareName(word)) return 'variableName.standard';
  return next === ':' ? 'propertyName' : 'variableName';
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
  { tag: tags.propertyName, color: 'var(--muted)' },
  { tag: tags.operator, color: 'var(--muted)' },
]);

/** The formula language for the editor: highlighting by the catalogue. */
export const formulaLanguage = new LanguageSupport(language, syntaxHighlighting(style));
