import type { ReactNode } from 'react';
import { findBlock, isBareName } from '#core/formula/blocks/catalogue.ts';
import { lex, type Token } from '#core/formula/language/lexer.ts';
import { cx } from '#ui/format/cx.ts';

/** `>=` is drawn as it is typed, not as one sign. */
export const AS_TYPED = '[font-feature-settings:normal] [font-variant-ligatures:none]';

const WORDS = new Set(['and', 'or', 'not', 'input', 'in', 'of', 'step']);
const ATOMS = new Set(['true', 'false', 'na']);

/** Code of the formula language in the colours of the code pane. */
export function FormulaCode({ code, className }: { readonly code: string; readonly className?: string }) {
  return (
    <code className={cx('font-mono text-xs leading-5 whitespace-pre-wrap', AS_TYPED, className)}>{colored(code)}</code>
  );
}

function colored(code: string): ReactNode[] {
  const parts: ReactNode[] = [];
  let at = 0;
  const { tokens } = lex(code);
  tokens.forEach((token, index) => {
    if (token.start > at) parts.push(code.slice(at, token.start));
    const text = code.slice(token.start, token.end);
    const color = colorOf(token, tokens[index + 1]);
    parts.push(
      color === undefined ? (
        text
      ) : (
        <span key={token.start} className={color}>
          {text}
        </span>
      ),
    );
    at = token.end;
  });
  return parts;
}

function colorOf({ kind, text }: Token, next: Token | undefined): string | undefined {
  switch (kind) {
    case 'comment':
      return 'text-faint italic';
    case 'string':
      return 'text-thread-6';
    case 'number':
      return 'text-thread-5';
    case 'operator':
      return 'text-muted';
    case 'name':
      if (WORDS.has(text)) return 'text-thread-7';
      if (ATOMS.has(text)) return 'text-thread-4';
      if (next?.text === ':') return 'text-muted';
      if (next?.text === '(')
        return findBlock(text)?.kind === 'action' ? 'font-semibold text-thread-2' : 'text-thread-1';
      return isBareName(text) ? 'text-thread-3' : undefined;
    default:
      return undefined;
  }
}
