import type { Lowered } from '../language/lowered.ts';
import { parse } from '../language/parse.ts';
import { fromJsonText } from './json.ts';

/** A formula as it was written, in either of its written forms. */
export interface Source extends Lowered {
  readonly language: 'code' | 'json';
}

/** Reads a formula from its code or its JSON, whichever the text is: JSON begins with a brace, and no code does. */
export function readText(text: string): Source {
  const json = /^\s*\{/.test(text) ? fromJsonText(text) : undefined;
  return json ? { ...json, unread: new Map(), language: 'json' } : { ...parse(text), language: 'code' };
}
