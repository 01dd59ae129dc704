import { BARE_NAMES, CALLABLE, findBlock, isRequired } from '../blocks/catalogue.ts';
import type { Block } from '../model/block.ts';
import type { Fix, Span } from '../model/diagnostic.ts';
import { suggest } from './suggest.ts';

/** What is said about a name that means nothing, and the repair: the name most like it that means something. */
interface UnknownName {
  readonly message: string;
  readonly fix: Fix | undefined;
  readonly near: string | undefined;
}

/** `named`: names of statements. */
export function unknownName(name: string, span: Span, named: Iterable<string>): Omit<UnknownName, 'near'> {
  const block = findBlock(name);
  if (block) {
    const isComplete = !block.inputs.some(isRequired) && block.kind !== 'action';
    return {
      message: `There is no \`${name}\` here. It is a function: write \`${name}(${isComplete ? '' : '…'})\`.`,
      fix: isComplete ? replacement(`${name}()`, span) : undefined,
    };
  }
  return repaired(`There is no \`${name}\` here.`, suggest(name, [...named, ...BARE_NAMES]), span);
}

export const unknownFunction = (name: string, span: Span): UnknownName =>
  repaired(`There is no function \`${name}\`.`, suggest(name, CALLABLE), span);

export function unknownOutput({ name, outputs }: Block, given: string, span: Span): UnknownName {
  const known = outputs.map((output) => output.name);
  const message = `\`${name}\` has no output \`${given}\`, but ${listed(known)}.`;
  return repaired(message, suggest(given, known), span);
}

export function unknownArgument({ name, inputs }: Block, given: string, span: Span | undefined): UnknownName {
  const known = inputs.map((port) => port.name);
  const message = `\`${name}\` has no argument \`${given}\`, but ${listed(known)}.`;
  return repaired(message, suggest(given, known), span);
}

export function tooMany({ name, inputs }: Block): string {
  if (inputs.length === 0) return `\`${name}\` takes no arguments.`;
  return `\`${name}\` takes ${inputs.length} at the most: ${listed(inputs.map((port) => port.name))}.`;
}

export const replacement = (insert: string | undefined, { start, end }: Span): Fix | undefined =>
  insert === undefined ? undefined : { title: `Write \`${insert}\``, change: { start, end, insert } };

const repaired = (message: string, near: string | undefined, span: Span | undefined): UnknownName => ({
  message: near === undefined ? message : `${message} Did you mean \`${near}\`?`,
  fix: span && replacement(near, span),
  near,
});

const listed = (names: readonly string[]) =>
  names.length === 0 ? 'none' : names.map((name) => `\`${name}\``).join(', ');
